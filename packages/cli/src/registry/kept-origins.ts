import { type Cache, cacheKey } from '@catamaran/build/cache';
import type { BlobOrigins } from '@catamaran/oci';

const kind = 'blob-origins';
/** Each costs a request when the blob has gone meanwhile. */
const mostKept = 4;

/** Remembers in the cache which repositories have a blob, the newest first. What cannot be remembered is sent again, and stops nothing. */
export function keptOrigins(cache: Cache): BlobOrigins {
  const find: BlobOrigins['find'] = async (registry, digest) => {
    const kept = await cache.getJson<unknown>(kind, cacheKey([registry, digest])).catch(() => undefined);
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  };
  return {
    find,
    async add(registry, digest, repository) {
      const before = await find(registry, digest);
      if (before[0] === repository) return;
      const newestFirst = [repository, ...before.filter((name) => name !== repository)].slice(0, mostKept);
      await cache.putJson(kind, cacheKey([registry, digest]), newestFirst).catch(() => {});
    },
  };
}
