import { type Cache, openCache } from '@catamaran/build/cache';
import type { ContentsCache, LayerContents } from '@catamaran/check/look';
import { cacheError } from '../build/cache-error.ts';
import type { Environment } from '../process/environment.ts';

const kind = 'contents';

/**
 * Does what needs the contents of layers, with those that are kept in the cache.
 * @throws CATA_CACHE_UNUSABLE
 */
export async function withKeptContents<T>(
  { cacheFolder }: Environment,
  work: (contents: ContentsCache) => Promise<T>,
): Promise<T> {
  try {
    return await work(contentsCache(openCache(cacheFolder)));
  } catch (error) {
    throw cacheError(error, cacheFolder);
  }
}

function contentsCache(cache: Cache): ContentsCache {
  return {
    getContents: (key) => cache.getJson<LayerContents>(kind, key),
    putContents: (key, contents) => cache.putJson(kind, key, contents),
  };
}
