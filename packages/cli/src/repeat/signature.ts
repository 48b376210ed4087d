import { readdirSync, statSync } from 'node:fs';

/** Stands for a path where nothing is. */
const nothing = '-';

/**
 * Changes with a file's content, as far as the system tells without reading it: what make and git go by, and the time
 * of the last change of its inode, which nobody can set.
 */
export function fileSignature(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!found) return nothing;
  const { size, mtimeNs, ctimeNs, ino, mode } = found;
  return [size, mtimeNs, ctimeNs, ino, mode].join(' ');
}

/** The names in a folder, without what builds themselves put there. */
export function folderSignature(path: string): string {
  try {
    return namesIn(path).join('\0');
  } catch {
    return nothing;
  }
}

export function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.catamaran'))
    .sort();
}
