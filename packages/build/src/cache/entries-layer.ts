import {
  type Context,
  endOfTar,
  gzipMembers,
  type Layer,
  sortEntries,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import type { Cache } from './cache.ts';
import { cachedLayer, type LayerRecipe } from './cached-layer.ts';

/** A layer of files that are at hand all at once. */
export function entriesLayer(
  recipe: LayerRecipe,
  cache: Cache,
  mtimeSeconds: number,
  ctx: Context,
  entries: () => Promise<readonly TarEntry[]>,
): Promise<Layer> {
  return cachedLayer(recipe, cache, ctx, () => gzipMembers(tarOf(entries, mtimeSeconds)));
}

async function* tarOf(
  entries: () => Promise<readonly TarEntry[]>,
  mtimeSeconds: number,
): AsyncIterable<Uint8Array> {
  yield* writeTarEntries(sortEntries(await entries()), mtimeSeconds);
  yield endOfTar;
}
