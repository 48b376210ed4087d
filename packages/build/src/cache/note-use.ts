import { type FileHandle, open, stat, utimes } from 'node:fs/promises';
import { type BlobStore, blobStore } from '@catamaran/oci';

/** What was used later than this ago need not be touched: often enough for an age to mean something, and next to nothing to pay for. */
const touchAfterMs = 15 * 60 * 1000;

/**
 * For so long after it was used nothing is pruned, as a build that found it may be about to read it: an hour, and what
 * the time of a file may be behind its last use.
 */
export const protectedMs: number = 60 * 60 * 1000 + touchAfterMs;

/** Sets a file's time to now, by which pruning knows when it was last used. Whoever may not write to the cache may use it. */
export async function noteUse(path: string): Promise<void> {
  const { mtimeMs } = await stat(path);
  if (isToBeTouched(mtimeMs)) await utimes(path, new Date(), new Date()).catch(() => {});
}

/** All of a file, which counts as used. */
export async function readUsed(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    await noteUseOf(handle);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Blobs that count as used when somebody finds that they are there. */
export function usedBlobs(folder: string): BlobStore {
  const blobs = blobStore(folder);
  return {
    ...blobs,
    async has(digest, sizeBytes) {
      // First, so that what is there afterwards is in use to whoever prunes.
      await noteUse(blobs.path(digest)).catch(() => {});
      return blobs.has(digest, sizeBytes);
    },
  };
}

async function noteUseOf(handle: FileHandle): Promise<void> {
  const { mtimeMs } = await handle.stat();
  if (isToBeTouched(mtimeMs)) await handle.utimes(new Date(), new Date()).catch(() => {});
}

function isToBeTouched(mtimeMs: number): boolean {
  return Date.now() - mtimeMs > touchAfterMs;
}
