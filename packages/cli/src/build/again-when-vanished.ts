import type { Context } from '@catamaran/oci';
import { isWithin } from './cache-error.ts';

/** Somebody clears the cache once; what goes on vanishing is removed by something else, and is told as what it is. */
const maxTimes = 3;

/**
 * Builds again when what the build had found in the cache was gone before it could be read: pruning spares what was
 * used within the last hour, but whoever clears the cache, or removes its folder, asks nobody.
 */
export async function againWhenVanished<T>(
  cacheFolder: string,
  build: () => Promise<T>,
  { signal }: Context,
): Promise<T> {
  for (let times = 1; ; times++) {
    try {
      return await build();
    } catch (error) {
      if (times === maxTimes || signal.aborted || !hasVanished(error, cacheFolder)) throw error;
    }
  }
}

/** Whoever reads it may have put it in other words: a layer that cannot be read, a layout that cannot be written. */
function hasVanished(error: unknown, folder: string): boolean {
  if (!(error instanceof Error)) return false;
  const { code, path, cause }: NodeJS.ErrnoException = error;
  return (code === 'ENOENT' && path !== undefined && isWithin(path, folder)) || hasVanished(cause, folder);
}
