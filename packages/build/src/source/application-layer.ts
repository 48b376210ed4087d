import {
  type Context,
  directory,
  foldersAbove,
  type Layer,
  type StreamedFile,
  symlink,
  type TarEntry,
} from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { entriesLayer } from '../cache/entries-layer.ts';
import type { Application } from './application.ts';

/** The application in its folder; the same layer for every platform. */
export function applicationLayer(
  { files, links }: Application,
  mtimeSeconds: number,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const contents = [
    ...files.map(({ path, mode, sha256 }) => [path, mode, sha256]),
    ...links.map(({ path, target }) => [path, 'link', target]),
  ];
  const key = cacheKey({ layer: 'application', version: 3, contents, mtimeSeconds });
  return entriesLayer({ key, title: 'Application layer' }, cache, mtimeSeconds, ctx, async () => {
    const entries = new Map<string, TarEntry | StreamedFile>();
    const add = (entry: TarEntry | StreamedFile) => {
      for (const above of foldersAbove(entry.path)) entries.set(above, directory(above));
      entries.set(entry.path, entry);
    };
    for (const { path, mode, sizeBytes, content } of files)
      add({ type: 'file', path: imagePath(path), mode, sizeBytes, content });
    for (const { path, target } of links) add(symlink(imagePath(path), target));
    return [...entries.values()];
  });
}
