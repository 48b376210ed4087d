import { posix } from 'node:path';
import { foldersAbove } from '@catamaran/oci';
import type { PickedFiles } from './pick-files.ts';

/** Links that lead to nothing that was picked up, as they would in the image. */
export function danglingLinks({ files, links }: PickedFiles): string[] {
  const there = new Set(['.']);
  for (const { path } of [...files, ...links]) {
    there.add(path);
    for (const folder of foldersAbove(path)) there.add(folder);
  }
  return links
    .filter(({ path, target }) => !there.has(posix.join(posix.dirname(path), target).replace(/\/$/, '')))
    .map(({ path }) => path);
}
