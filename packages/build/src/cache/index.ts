/** On its own, for commands that build nothing and should not wait for what builds. */
export { type Cache, cacheKey, openCache } from './cache.ts';
