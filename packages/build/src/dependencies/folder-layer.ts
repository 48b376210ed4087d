import { createReadStream } from 'node:fs';
import {
  type Context,
  directory,
  foldersAbove,
  type Layer,
  type StreamedFile,
  type TarEntry,
  type TarLink,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { entriesLayer } from '../cache/entries-layer.ts';
import type { FolderFile } from './folder-files.ts';

/** A layer of folders of the project, and of the links to them. */
export function folderLayer(
  title: string,
  files: readonly FolderFile[],
  links: readonly TarLink[],
  mtimeSeconds: number,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const contents = files.map(({ path, mode, sha256 }) => [path, mode, sha256]);
  const targets = links.map(({ path, target }) => [path, target]);
  const key = cacheKey({ layer: 'folders', version: 1, contents, targets, mtimeSeconds });
  return entriesLayer({ key, title }, cache, mtimeSeconds, ctx, async () => {
    const entries = new Map<string, TarEntry | StreamedFile>();
    const add = (entry: TarEntry | StreamedFile) => {
      for (const above of foldersAbove(entry.path)) entries.set(above, directory(above));
      entries.set(entry.path, entry);
    };
    for (const { path, mode, sizeBytes, source } of files) {
      add({ type: 'file', path, mode, sizeBytes, content: () => createReadStream(source) });
    }
    for (const link of links) add(link);
    return [...entries.values()];
  });
}
