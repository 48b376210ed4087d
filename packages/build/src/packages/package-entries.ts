import { directory, file, foldersAbove, type StreamedFile, sortEntries, type TarEntry } from '@catamaran/oci';
import { asCommand } from './as-command.ts';
import type { PackageFile } from './package-file.ts';
import type { ResolvedPlace } from './package-place.ts';

/** The entries of a package's folder in the image, in the order of a layer. */
export function packageEntries(
  { path: folder, executables = [], resolution }: ResolvedPlace,
  files: readonly PackageFile[],
): (TarEntry | StreamedFile)[] {
  const leftOut = new Set(resolution.leftOut);
  const entries = new Map<string, TarEntry | StreamedFile>([[folder, directory(folder)]]);
  const add = (inside: string, entry: TarEntry | StreamedFile) => {
    entries.set(entry.path, entry);
    for (const above of foldersAbove(inside))
      entries.set(`${folder}/${above}`, directory(`${folder}/${above}`));
  };
  for (const file of files) {
    const { path } = file;
    if (leftOut.has(path)) continue;
    const { mode, sizeBytes, content } = executables.includes(path) ? asCommand(file) : file;
    add(path, { type: 'file', path: `${folder}/${path}`, mode, sizeBytes, content });
  }
  for (const { path, mode, content } of resolution.added) add(path, file(`${folder}/${path}`, content, mode));
  return sortEntries(entries.values());
}
