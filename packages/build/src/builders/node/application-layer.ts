import { createHash } from 'node:crypto';
import { type Context, directory, file, foldersAbove, type Layer, type TarEntry } from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import type { Bundle } from './bundle-application.ts';

/** The bundle in its folder; the same layer for every platform. */
export function applicationLayer(
  bundle: Bundle,
  folder: string,
  mtimeSeconds: number,
  cache: Cache,
  ctx: Context,
): Promise<Layer> {
  const { fileName } = bundle;
  const path = `${folder}/${fileName}`;
  const content = createHash('sha256').update(bundle.code).update(bundle.sourceMap).digest('hex');
  const key = cacheKey({ layer: 'application', version: 1, folder, fileName, content, mtimeSeconds });
  return entriesLayer(
    { key, title: 'Application layer' },
    cache,
    mtimeSeconds,
    ctx,
    async (): Promise<TarEntry[]> => [
      ...[...foldersAbove(path)].map((above) => directory(above)),
      file(path, bundle.code),
      file(`${path}.map`, bundle.sourceMap),
    ],
  );
}
