import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteStream } from '../layer/byte-stream.ts';
import { type Digest, digestHex } from '../model/digest.ts';
import { type ExpectedBlob, writeBlob } from './write-blob.ts';

/** A folder of blobs named by their digests. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#blobs */
export interface BlobStore {
  path(digest: Digest): string;
  /** True when the blob is there with that size; a torn one counts as missing. */
  has(digest: Digest, sizeBytes: number): Promise<boolean>;
  /** As `has`, and the blob counts as new from now on, so that nobody prunes it before it is named. */
  reuse(digest: Digest, sizeBytes: number): Promise<boolean>;
  /**
   * Takes a file that is the blob for its own, without copying it: both are one from then on.
   * @returns false where the file system does not do that
   */
  adopt(digest: Digest, sizeBytes: number, file: string): Promise<boolean>;
  /** From `startBytes` on; 0 unless told. */
  read(digest: Digest, startBytes?: number): ByteStream;
  /**
   * Writes beside, verifies, then renames: nobody ever sees half a blob.
   * @param sizeBytes not checked unless given
   * @throws CATA_DIGEST_MISMATCH, CATA_SIZE_MISMATCH
   */
  write(
    digest: Digest,
    content: ByteStream | Iterable<Uint8Array>,
    signal: AbortSignal,
    sizeBytes?: number,
  ): Promise<void>;
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
    expected?: ExpectedBlob,
  ): Promise<WrittenBlob> {
    await mkdir(join(folder, 'sha256'), { recursive: true });
    const temporary = join(folder, 'sha256', `.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
    try {
      const written = await writeBlob(temporary, content, signal, expected);
      await rename(temporary, path(written.digest));
      return written;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  const has = async (digest: Digest, sizeBytes: number) =>
    (await stat(path(digest)).catch(() => undefined))?.size === sizeBytes;

  const reuse = async (digest: Digest, sizeBytes: number) => {
    const now = new Date();
    // First, so that what is there afterwards is new to whoever prunes.
    const isTouched = await utimes(path(digest), now, now).then(
      () => true,
      () => false,
    );
    return isTouched && has(digest, sizeBytes);
  };

  return {
    path,
    has,
    reuse,
    async adopt(digest, sizeBytes, file) {
      if ((await stat(file).catch(() => undefined))?.size !== sizeBytes) return false;
      await mkdir(join(folder, 'sha256'), { recursive: true });
      const isLinked = await link(file, path(digest)).then(
        () => true,
        () => false,
      );
      return isLinked && reuse(digest, sizeBytes);
    },
    read: (digest, startBytes = 0) => readFile(path(digest), startBytes),
    write: async (digest, content, signal, sizeBytes) =>
      void (await add(content, signal, { digest, sizeBytes })),
    add: (content, signal) => add(content, signal),
  };
}

/** Opens the file when the first bytes are asked for: before, nobody would hear that it cannot be opened. */
async function* readFile(path: string, startBytes: number): ByteStream {
  yield* createReadStream(path, { start: startBytes, highWaterMark: 256 * 1024 });
}
