import { directory, file, foldersAbove, type StreamedFile, sortEntries, type TarEntry } from '@catamaran/oci';
import type { PackageFile } from './package-file.ts';
import type { ResolvedPlace } from './package-place.ts';

/** The entries of a package's folder in the image, in the order of a layer. */
export function packageEntries(
  { path: folder, resolution }: ResolvedPlace,
  files: readonly PackageFile[],
): (TarEntry | StreamedFile)[] {
  const leftOut = new Set(resolution.leftOut);
  const entries = new Map<string, TarEntry | StreamedFile>([[folder, directory(folder)]]);
  const add = (inside: string, entry: TarEntry | StreamedFile) => {
    entries.set(entry.path, entry);
    for (const above of foldersAbove(inside))
      entries.set(`${folder}/${above}`, directory(`${folder}/${above}`));
  };
  for (const { path, mode, sizeBytes, content } of files) {
    if (!leftOut.has(path)) add(path, { type: 'file', path: `${folder}/${path}`, mode, sizeBytes, content });
  }
  for (const { path, mode, content } of resolution.added) add(path, file(`${folder}/${path}`, content, mode));
  return sortEntries(entries.values());
}
