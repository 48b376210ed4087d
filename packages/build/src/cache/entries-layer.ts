import {
  endOfTar,
  gzipMembers,
  type Layer,
  sortEntries,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import type { Cache } from './cache.ts';
import { cachedLayer } from './cached-layer.ts';

/** A layer of files that are at hand all at once. `key` must change with everything that `entries` depends on. */
export function entriesLayer(
  key: string,
  cache: Cache,
  mtimeSeconds: number,
  signal: AbortSignal,
  entries: () => Promise<readonly TarEntry[]>,
): Promise<Layer> {
  return cachedLayer(key, cache, signal, () => gzipMembers(tarOf(entries, mtimeSeconds)));
}

async function* tarOf(
  entries: () => Promise<readonly TarEntry[]>,
  mtimeSeconds: number,
): AsyncIterable<Uint8Array> {
  yield* writeTarEntries(sortEntries(await entries()), mtimeSeconds);
  yield endOfTar;
}
