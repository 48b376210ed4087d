import type { CacheSize, CacheUsage } from '@catamaran/build/cache';

/** What `catamaran cache --json` prints. */
export interface UsageDocument extends CacheSize {
  readonly folder: string;
  /** The largest first. Times are RFC 3339. */
  readonly kinds: readonly (CacheSize & {
    readonly kind: string;
    readonly oldestUse: string;
    readonly latestUse: string;
  })[];
  readonly temporary: CacheSize;
}

export function usageDocument(folder: string, usage: CacheUsage): UsageDocument {
  const timeOf = (ms: number) => new Date(ms).toISOString();
  return {
    folder,
    entries: usage.entries,
    sizeBytes: usage.sizeBytes,
    kinds: usage.kinds.map(({ oldestUseMs, latestUseMs, ...kind }) => ({
      ...kind,
      oldestUse: timeOf(oldestUseMs),
      latestUse: timeOf(latestUseMs),
    })),
    temporary: usage.temporary,
  };
}
