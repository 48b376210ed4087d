import { createHash } from 'node:crypto';
import { type Context, directory, file, foldersAbove, type Layer, type TarEntry } from '@catamaran/oci';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { entriesLayer } from '../cache/entries-layer.ts';
import type { Application } from './application.ts';

/** The application in its folder; the same layer for every platform. */
export function applicationLayer(
  { files }: Application,
  folder: string,
  mtimeSeconds: number,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const contents = files.map(({ path, mode, content }) => [
    path,
    mode,
    createHash('sha256').update(content).digest('hex'),
  ]);
  const key = cacheKey({ layer: 'application', version: 2, folder, contents, mtimeSeconds });
  return entriesLayer({ key, title: 'Application layer' }, cache, mtimeSeconds, ctx, async () => {
    const entries = new Map<string, TarEntry>();
    for (const { path, mode, content } of files) {
      const place = `${folder}/${path}`;
      for (const above of foldersAbove(place)) entries.set(above, directory(above));
      entries.set(place, file(place, content, mode));
    }
    return [...entries.values()];
  });
}
