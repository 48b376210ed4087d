import type { FileNode } from '@catamaran/check/look';

const kinds = { file: '-', directory: 'd', symlink: 'l', hardlink: '-', other: '?' } as const;

/** As `ls -l` shows it: "-rwsr-xr-x". Of a folder that no layer has an entry for, nothing is known. */
export function modeText(entry: FileNode['entry']): string {
  if (!entry) return 'd?????????';
  const { type, mode } = entry;
  return `${kinds[type]}${triple(mode >> 6, mode & 0o4000, 's')}${triple(mode >> 3, mode & 0o2000, 's')}${triple(mode, mode & 0o1000, 't')}`;
}

/** @param special set-uid, set-gid or sticky, which is shown in the place of "x" */
function triple(bits: number, special: number, letter: 's' | 't'): string {
  const [read, write, execute] = [bits & 4 ? 'r' : '-', bits & 2 ? 'w' : '-', bits & 1];
  if (special) return `${read}${write}${execute ? letter : letter.toUpperCase()}`;
  return `${read}${write}${execute ? 'x' : '-'}`;
}
