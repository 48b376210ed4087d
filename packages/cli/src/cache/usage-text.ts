import type { CacheUsage } from '@catamaran/build/cache';
import { formatBytes } from '../output/format-bytes.ts';
import { formatTable } from '../output/format-table.ts';
import type { Styler } from '../process/styler.ts';
import { formatAge } from './format-age.ts';
import { formatSize } from './format-size.ts';

/** What a person may want to know before they prune; kinds of later versions have none. */
export const contents: Readonly<Record<string, string>> = {
  blobs: 'layers; bases in registries; Debian packages and the lists of them',
  members: 'npm packages, ready to be put into layers',
  inventories: 'what is in npm packages',
  layers: 'which blob is which layer',
  scans: 'what the check found in layers',
  reports: 'what the check said of images',
  contents: 'files and packages in layers that were looked into',
  installs: 'what package managers installed',
  builds: 'what builds were made of, to be repeated at once',
  types: 'what TypeScript remembers of its last check',
  bases: 'C library and Node.js of bases',
  binaries: 'which binaries of packages have been fetched',
  'base-descriptors': 'which bases have been in registries',
  debian: 'which Debian packages bases consist of',
  integrity: 'integrity of Node.js versions',
  'blob-origins': 'which repository of a registry has which blob',
};

/** The cache for people: where it is, how large, and what is in it. */
export function usageText(folder: string, usage: CacheUsage, nowMs: number, style: Styler): string {
  const head = `${style('bold', folder)}  ${formatSize(usage)}`;
  const ago = (timeMs: number) => formatAge(nowMs - timeMs);
  const rows = usage.kinds.map(({ kind, entries, sizeBytes, latestUseMs, oldestUseMs }) => [
    kind,
    String(entries),
    formatBytes(sizeBytes),
    ago(latestUseMs),
    ago(oldestUseMs),
    contents[kind] ?? '',
  ]);
  const [titles = '', ...lines] = formatTable(
    [['kind', 'entries', 'size', 'last used', 'least lately', 'what it is'], ...rows],
    [1, 2, 3, 4],
  );
  const { temporary } = usage;
  return [
    head,
    ...(rows.length === 0 ? [] : ['', style('dim', titles), ...lines]),
    ...(temporary.entries === 0
      ? []
      : ['', `being written, or left by killed builds: ${formatSize(temporary)}`]),
    '',
  ].join('\n');
}
