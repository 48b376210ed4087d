import type { Context } from '@catamaran/oci';
import { cacheEntries } from './cache-entry.ts';
import { type CacheSize, plus } from './measure-cache.ts';
import { protectedMs } from './note-use.ts';
import { removeEntry } from './prune-cache.ts';

/**
 * Removes all that is kept, also what was just used: a build that runs meanwhile makes it again. What a build is
 * writing stays.
 */
export async function clearCache(folder: string, ctx: Context): Promise<CacheSize> {
  let removed: CacheSize = { entries: 0, sizeBytes: 0 };
  for await (const entry of cacheEntries(folder)) {
    const { sizeBytes, lastUsedMs, isTemporary } = entry;
    ctx.signal.throwIfAborted();
    if (isTemporary && ctx.clock.now() - lastUsedMs <= protectedMs) continue;
    await removeEntry(entry);
    removed = plus(removed, sizeBytes);
  }
  return removed;
}
