import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobStore, blobStore } from '@catamaran/oci';

/**
 * Content that was costly to get, kept by what it was made from. Safe for builds that run at the same time:
 * everything is written beside and renamed, and what two builds write under one key is the same.
 */
export interface Cache {
  readonly blobs: BlobStore;
  /** What was put under this key, or undefined. A damaged entry counts as missing. */
  getJson<T>(kind: string, key: string): Promise<T | undefined>;
  putJson(kind: string, key: string, value: unknown): Promise<void>;
  getBytes(kind: string, key: string): Promise<Uint8Array | undefined>;
  putBytes(kind: string, key: string, bytes: Uint8Array): Promise<void>;
  /** A path for a tool that keeps what it knows in a file of its own; the folder is there, the file may not be. */
  toolFile(kind: string, key: string): Promise<string>;
}

export function openCache(folder: string): Cache {
  const pathOf = (kind: string, key: string) => join(folder, kind, key.slice(0, 2), key);
  const getBytes = (kind: string, key: string) =>
    readFile(pathOf(kind, key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  const putBytes = (kind: string, key: string, bytes: Uint8Array) => writeWhole(pathOf(kind, key), bytes);
  return {
    blobs: blobStore(join(folder, 'blobs')),
    getBytes,
    putBytes,
    async getJson<T>(kind: string, key: string) {
      const bytes = await getBytes(kind, key);
      return bytes && parseOrUndefined<T>(Buffer.from(bytes).toString('utf8'));
    },
    async toolFile(kind, key) {
      const path = pathOf(kind, key);
      await mkdir(dirname(path), { recursive: true });
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

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
