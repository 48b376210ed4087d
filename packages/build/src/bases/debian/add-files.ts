import { file, symlink, type TarEntry } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { AddedFile } from './added-files.ts';

/** As many as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;

/**
 * Puts a project's files into a root file system, in place of what a package has there. Where a folder on the way is a
 * link (`/lib`, `/var/run`), they go to where it leads: a folder in its place would hide all that is there.
 * @throws CATA_BASE_FILE
 */
export function addFiles(root: Map<string, TarEntry>, files: readonly AddedFile[]): void {
  for (const added of files) {
    const path = placeOf(root, added.path);
    if (root.get(path)?.type === 'directory') {
      throw buildErrors.CATA_BASE_FILE({ path: `/${added.path}`, reason: 'in the base it is a folder' });
    }
    keepLinked(root, path);
    root.set(
      path,
      added.type === 'file' ? file(path, added.content, added.mode) : symlink(path, added.target),
    );
  }
}

/** What shares its content with a package's file keeps that content when the file is replaced. */
function keepLinked(root: Map<string, TarEntry>, path: string): void {
  const replaced = root.get(path);
  if (replaced?.type !== 'file') return;
  for (const entry of [...root.values()]) {
    if (entry.type === 'hardlink' && entry.target === path)
      root.set(entry.path, { ...replaced, path: entry.path });
  }
}

function placeOf(root: ReadonlyMap<string, TarEntry>, wanted: string): string {
  let rest = wanted.split('/');
  let current: string[] = [];
  for (let links = 0; rest.length > 1; ) {
    const [part = '', ...after] = rest;
    rest = after;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      current.pop();
      continue;
    }
    const entry = root.get([...current, part].join('/'));
    if (entry?.type === 'symlink') {
      if (++links > maxLinks) throw leadsNowhere(wanted);
      if (entry.target.startsWith('/')) current = [];
      rest = [...entry.target.split('/'), ...rest];
    } else if (entry && entry.type !== 'directory') throw leadsNowhere(wanted);
    else current.push(part);
  }
  return [...current, ...rest].join('/');
}

function leadsNowhere(path: string): Error {
  return buildErrors.CATA_BASE_FILE({ path: `/${path}`, reason: 'a folder on its way is none in the base' });
}
