import { rm } from 'node:fs/promises';
import type { Context } from '@catamaran/oci';
import { type CacheEntry, cacheEntries } from './cache-entry.ts';
import { type CacheSize, plus } from './measure-cache.ts';
import { protectedMs } from './note-use.ts';

export interface PruneLimits {
  /** What was not used for longer goes. */
  readonly maxAgeMs?: number;
  /** Then as much as is too much, what was used least lately first. */
  readonly maxSizeBytes?: number;
}

export interface Pruned {
  readonly removed: CacheSize;
  readonly kept: CacheSize;
  /** Of what is kept: what the limits would not keep, but a build may be about to read. */
  readonly inUse: CacheSize;
}

const nothing: CacheSize = { entries: 0, sizeBytes: 0 };

/**
 * Makes a cache smaller. Nothing that was used within the last hour is taken, so that builds that run meanwhile lose
 * nothing that they found; what builds were writing that have been killed is taken by the same rule.
 */
export async function pruneCache(
  folder: string,
  { maxAgeMs = Number.POSITIVE_INFINITY, maxSizeBytes = Number.POSITIVE_INFINITY }: PruneLimits,
  ctx: Context,
): Promise<Pruned> {
  const nowMs = ctx.clock.now();
  const entries: CacheEntry[] = [];
  for await (const entry of cacheEntries(folder)) entries.push(entry);
  entries.sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  let remainingBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let [removed, kept, inUse] = [nothing, nothing, nothing];
  for (const entry of entries) {
    const { sizeBytes, lastUsedMs, isTemporary } = entry;
    ctx.signal.throwIfAborted();
    const ageMs = nowMs - lastUsedMs;
    const isSurplus = isTemporary || ageMs > maxAgeMs || remainingBytes > maxSizeBytes;
    if (isSurplus && ageMs > protectedMs) {
      await removeEntry(entry);
      removed = plus(removed, sizeBytes);
      remainingBytes -= sizeBytes;
    } else {
      kept = plus(kept, sizeBytes);
      if (isSurplus && !isTemporary) inUse = plus(inUse, sizeBytes);
    }
  }
  return { removed, kept, inUse };
}

/** Its folder stays, though it may be empty: a build may be about to write into it. Another prune may have been quicker. */
export async function removeEntry({ path, isTemporary }: CacheEntry): Promise<void> {
  await rm(path, { force: true, recursive: isTemporary });
}
