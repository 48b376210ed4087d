import { isUnsafePath, type ReadEntry, readTar } from '@catamaran/oci';

/** A file of a tarball with the place that npm gives it. Its content is read before the next one is asked for. */
export interface TarballFile {
  readonly path: string;
  readonly mode: number;
  readonly entry: ReadEntry;
}

/**
 * What npm would unpack into a package's folder: files only, with npm's modes, below one folder that is dropped.
 * Links are left out, as npm leaves them out. A path that comes twice is given twice; the last one counts.
 * @throws Error with a reason, for a path that leads out of the folder
 */
export async function* tarballFiles(tar: AsyncIterable<Uint8Array>): AsyncIterable<TarballFile> {
  const ignoreFiles = new Set<string>();
  for await (const entry of readTar(tar)) {
    if (entry.type !== 'file' || !entry.path.includes('/')) continue;
    if (isUnsafePath(entry.path)) throw new Error(`it has a file "${entry.path}"`);
    const inside = entry.path.slice(entry.path.indexOf('/') + 1);
    const path = inside.replace(/(?<=^|\/)\.gitignore$/, '.npmignore');
    // npm keeps a package's .gitignore under this name, unless there is one of it already.
    if (path !== inside && ignoreFiles.has(path)) continue;
    if (path.endsWith('.npmignore')) ignoreFiles.add(path);
    yield { path, mode: entry.mode & 0o111 ? 0o755 : 0o644, entry };
  }
}
