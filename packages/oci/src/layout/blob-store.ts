import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ociErrors } from '../errors/errors.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { type Digest, Digester, digestHex } from '../model/digest.ts';

/** A folder of blobs named by their digests. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#blobs */
export interface BlobStore {
  path(digest: Digest): string;
  /** True when the blob is there with that size; a torn one counts as missing. */
  has(digest: Digest, sizeBytes: number): Promise<boolean>;
  /** As `has`, and the blob counts as new from now on, so that nobody prunes it before it is named. */
  reuse(digest: Digest, sizeBytes: number): Promise<boolean>;
  /** From `startBytes` on; 0 unless told. */
  read(digest: Digest, startBytes?: number): ByteStream;
  /** Writes beside, verifies, then renames: nobody ever sees half a blob. @throws CATA_DIGEST_MISMATCH */
  write(digest: Digest, content: ByteStream | Iterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /** As `write`, for content whose digest is known only when all of it has passed. */
  add(content: ByteStream | Iterable<Uint8Array>, signal: AbortSignal): Promise<WrittenBlob>;
}

export interface WrittenBlob {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

export function blobStore(folder: string): BlobStore {
  const path = (digest: Digest) => join(folder, 'sha256', digestHex(digest));

  async function add(
    content: ByteStream | Iterable<Uint8Array>,
    signal: AbortSignal,
    expected?: Digest,
  ): Promise<WrittenBlob> {
    await mkdir(join(folder, 'sha256'), { recursive: true });
    const temporary = join(folder, 'sha256', `.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
    try {
      const digester = await writeFile(temporary, content, signal);
      const { sizeBytes } = digester;
      const digest = digester.digest();
      if (expected && digest !== expected) {
        throw ociErrors.CATA_DIGEST_MISMATCH({ subject: 'A blob', actual: digest, expected });
      }
      await rename(temporary, path(digest));
      return { digest, sizeBytes };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  const has = async (digest: Digest, sizeBytes: number) =>
    (await stat(path(digest)).catch(() => undefined))?.size === sizeBytes;

  return {
    path,
    has,
    async reuse(digest, sizeBytes) {
      if (!(await has(digest, sizeBytes))) return false;
      const now = new Date();
      return utimes(path(digest), now, now).then(
        () => true,
        () => false,
      );
    },
    read: (digest, startBytes = 0) => readFile(path(digest), startBytes),
    write: async (digest, content, signal) => void (await add(content, signal, digest)),
    add: (content, signal) => add(content, signal),
  };
}

/** Opens the file when the first bytes are asked for: before, nobody would hear that it cannot be opened. */
async function* readFile(path: string, startBytes: number): ByteStream {
  yield* createReadStream(path, { start: startBytes, highWaterMark: 256 * 1024 });
}

/** Chunks as they come from the network are small; each write costs a turn of the thread pool. */
const writeAtOnceBytes = 1024 * 1024;

async function writeFile(
  path: string,
  content: ByteStream | Iterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Digester> {
  const digester = new Digester();
  const handle = await open(path, 'wx');
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    if (waiting.length > 0) await writeAll(handle, waiting);
    waiting = [];
    waitingBytes = 0;
  };
  try {
    for await (const chunk of content) {
      signal.throwIfAborted();
      digester.update(chunk);
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      if (waitingBytes >= writeAtOnceBytes) await flush();
    }
    await flush();
  } finally {
    await handle.close();
  }
  return digester;
}

/** `writev` may write less than all when the disk is full or a signal comes; the rest is written, or fails. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  const sizeBytes = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytesWritten < sizeBytes) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}
