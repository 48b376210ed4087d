/** On its own, for commands that build nothing and should not wait for what builds. */
export { type Cache, cacheKey, openCache } from './cache.ts';
export { clearCache } from './clear-cache.ts';
export { type CacheSize, type CacheUsage, measureCache } from './measure-cache.ts';
export { type Pruned, type PruneLimits, pruneCache } from './prune-cache.ts';
export { type Verified, verifyCache } from './verify-cache.ts';
