import { cacheEntries } from './cache-entry.ts';

export interface CacheSize {
  readonly entries: number;
  readonly sizeBytes: number;
}

interface KindUsage extends CacheSize {
  readonly kind: string;
  /** Of the entry that was used least lately, and of the one that was used last; milliseconds since 1970. */
  readonly oldestUseMs: number;
  readonly latestUseMs: number;
}

export interface CacheUsage extends CacheSize {
  /** The largest first. */
  readonly kinds: readonly KindUsage[];
  /** What is being written, or was left by builds that were killed; counted nowhere else. */
  readonly temporary: CacheSize;
}

/** How large a cache is, and what makes it so. */
export async function measureCache(folder: string): Promise<CacheUsage> {
  const kinds = new Map<string, KindUsage>();
  let temporary: CacheSize = { entries: 0, sizeBytes: 0 };
  for await (const { kind, sizeBytes, lastUsedMs, isTemporary } of cacheEntries(folder)) {
    if (isTemporary) {
      temporary = plus(temporary, sizeBytes);
      continue;
    }
    const none = { kind, entries: 0, sizeBytes: 0, oldestUseMs: lastUsedMs, latestUseMs: lastUsedMs };
    const before = kinds.get(kind) ?? none;
    kinds.set(kind, {
      ...plus(before, sizeBytes),
      kind,
      oldestUseMs: Math.min(before.oldestUseMs, lastUsedMs),
      latestUseMs: Math.max(before.latestUseMs, lastUsedMs),
    });
  }
  const all = [...kinds.values()].sort((a, b) => b.sizeBytes - a.sizeBytes);
  return {
    entries: all.reduce((sum, { entries }) => sum + entries, 0),
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    kinds: all,
    temporary,
  };
}

/** One entry more. */
export function plus({ entries, sizeBytes }: CacheSize, moreBytes: number): CacheSize {
  return { entries: entries + 1, sizeBytes: sizeBytes + moreBytes };
}
