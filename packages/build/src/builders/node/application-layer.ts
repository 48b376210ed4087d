import { createHash } from 'node:crypto';
import { type Context, directory, file, type Layer, type TarEntry } from '@catamaran/oci';
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
  const content = createHash('sha256').update(bundle.code).update(bundle.sourceMap).digest('hex');
  const key = cacheKey({ layer: 'application', version: 1, folder, fileName, content, mtimeSeconds });
  const parts = folder.split('/');
  return entriesLayer(
    { key, title: 'Application layer' },
    cache,
    mtimeSeconds,
    ctx,
    async (): Promise<TarEntry[]> => [
      ...parts.map((_, depth) => directory(parts.slice(0, depth + 1).join('/'))),
      file(`${folder}/${fileName}`, bundle.code),
      file(`${folder}/${fileName}.map`, bundle.sourceMap),
    ],
  );
}
