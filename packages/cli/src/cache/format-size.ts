import type { CacheSize } from '@catamaran/build/cache';
import { formatBytes } from '../output/format-bytes.ts';

/** "54.6 MB in 12 entries". */
export function formatSize({ entries, sizeBytes }: CacheSize): string {
  return `${formatBytes(sizeBytes)} in ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
}
