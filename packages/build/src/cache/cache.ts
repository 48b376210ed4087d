import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore, ByteStream } from '@catamaran/oci';
import { noteUse, readUsed, usedBlobs } from './note-use.ts';

/**
 * Content that was costly to get, kept by what it was made from. Safe for builds that run at the same time:
 * everything is written beside and renamed, and what two builds write under one key is the same. Safe beside a prune,
 * too: what is found counts as used, and what was used within the last hour stays.
 */
export interface Cache {
  readonly blobs: BlobStore;
  /** What was put under this key, or undefined. A damaged entry counts as missing. */
  getJson<T>(kind: string, key: string): Promise<T | undefined>;
  putJson(kind: string, key: string, value: unknown): Promise<void>;
  getBytes(kind: string, key: string): Promise<Uint8Array | undefined>;
  putBytes(kind: string, key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none. */
  sizeOf(kind: string, key: string): Promise<number | undefined>;
  readStream(kind: string, key: string): ByteStream;
  /** For what is too large to be at hand: nobody sees it before it is committed. */
  writeStream(kind: string, key: string): Promise<CacheWriter>;
  remove(kind: string, key: string): Promise<void>;
  /** A path for a tool that keeps what it knows in a file of its own; the folder is there, the file may not be. */
  toolFile(kind: string, key: string): Promise<string>;
}

/** What is not committed when it is disposed of leaves nothing. */
interface CacheWriter extends AsyncDisposable {
  write(bytes: Uint8Array): Promise<void>;
  commit(): Promise<void>;
}

export function openCache(folder: string): Cache {
  const pathOf = (kind: string, key: string) => join(folder, kind, key.slice(0, 2), key);
  const getBytes = (kind: string, key: string) =>
    readUsed(pathOf(kind, key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  const putBytes = (kind: string, key: string, bytes: Uint8Array) => writeWhole(pathOf(kind, key), bytes);
  return {
    blobs: usedBlobs(join(folder, 'blobs')),
    getBytes,
    putBytes,
    async sizeOf(kind, key) {
      await noteUse(pathOf(kind, key)).catch(() => {});
      return (await stat(pathOf(kind, key)).catch(() => undefined))?.size;
    },
    readStream: (kind, key) => readFileStream(pathOf(kind, key)),
    writeStream: (kind, key) => openWriter(pathOf(kind, key)),
    remove: (kind, key) => rm(pathOf(kind, key), { force: true }),
    async getJson<T>(kind: string, key: string) {
      const bytes = await getBytes(kind, key);
      return bytes && parseOrUndefined<T>(Buffer.from(bytes).toString('utf8'));
    },
    async toolFile(kind, key) {
      const path = pathOf(kind, key);
      await mkdir(dirname(path), { recursive: true });
      await noteUse(path).catch(() => {});
      return path;
    },
    putJson: (kind, key, value) => putBytes(kind, key, Buffer.from(JSON.stringify(value))),
  };
}

/** A key from whatever JSON describes how a thing is made. */
export function cacheKey(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
}

function parseOrUndefined<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Opened when the first bytes are asked for: before, nobody would hear that it cannot be. */
async function* readFileStream(path: string): ByteStream {
  yield* createReadStream(path, { highWaterMark: 256 * 1024 });
}

async function openWriter(path: string): Promise<CacheWriter> {
  const temporary = temporaryPath(path);
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(temporary, 'wx');
  return {
    write: (bytes) => handle.appendFile(bytes),
    async commit() {
      await handle.close();
      await rename(temporary, path);
    },
    async [Symbol.asyncDispose]() {
      await handle.close();
      await rm(temporary, { force: true }).catch(() => {});
    },
  };
}

function temporaryPath(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPath(path);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
