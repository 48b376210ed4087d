import { type Context, runTogether } from '@catamaran/oci';
import { type CacheEntry, cacheEntries } from './cache-entry.ts';
import { entryDamage } from './entry-damage.ts';
import { type CacheSize, plus } from './measure-cache.ts';
import { removeEntry } from './prune-cache.ts';

interface DamagedEntry {
  readonly kind: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly reason: string;
}

export interface Verified {
  readonly whole: CacheSize;
  /** Of kinds that nobody but their tool can judge. */
  readonly unchecked: CacheSize;
  /** Removed by now: what is missing is made again. */
  readonly damaged: readonly DamagedEntry[];
}

/** Digests and decompression are done on threads of their own. */
const atOnce = 4;

/**
 * Reads all that is kept and removes what is not as it was written: a disk, or a machine that lost its power, may have
 * left it so.
 * @param onProgress told of each entry, with how many bytes have been read by then
 */
export async function verifyCache(
  folder: string,
  ctx: Context,
  onProgress: (doneBytes: number, ofBytes: number) => void = () => {},
): Promise<Verified> {
  const entries: CacheEntry[] = [];
  for await (const entry of cacheEntries(folder)) if (!entry.isTemporary) entries.push(entry);
  const ofBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  let whole: CacheSize = { entries: 0, sizeBytes: 0 };
  let unchecked = whole;
  const damaged: DamagedEntry[] = [];
  const verify = async (entry: CacheEntry, { signal }: Context) => {
    const { kind, key, sizeBytes } = entry;
    const found = await damageOrGone(entry, signal);
    if (found === undefined) whole = plus(whole, sizeBytes);
    else if (found === 'unknown') unchecked = plus(unchecked, sizeBytes);
    else if (found !== 'gone') {
      await removeEntry(entry);
      damaged.push({ kind, key, sizeBytes, reason: found.reason });
    }
    doneBytes += sizeBytes;
    onProgress(doneBytes, ofBytes);
  };
  await runTogether(
    entries.map((entry) => (inner: Context) => verify(entry, inner)),
    ctx,
    atOnce,
  );
  return { whole, unchecked, damaged: damaged.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

/** What was pruned since it was listed is not damaged; what the disk does not give out any more is. */
function damageOrGone(entry: CacheEntry, signal: AbortSignal) {
  return entryDamage(entry, signal).catch((error: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    if (error.code === 'ENOENT') return 'gone' as const;
    if (error.code === 'EIO') return { reason: error.message };
    throw error;
  });
}

function nameOf({ kind, key }: DamagedEntry): string {
  return `${kind}/${key}`;
}
