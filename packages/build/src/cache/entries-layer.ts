import {
  type Context,
  endOfTar,
  gzipMembers,
  type Layer,
  type StreamedFile,
  sortEntries,
  streamTarEntries,
  type TarEntry,
} from '@catamaran/oci';
import type { Cache } from './cache.ts';
import { cachedLayer, type LayerRecipe } from './cached-layer.ts';

/** A layer of files; what is large is streamed. */
export function entriesLayer(
  recipe: LayerRecipe,
  cache: Cache,
  mtimeSeconds: number,
  ctx: Context,
  entries: () => Promise<readonly (TarEntry | StreamedFile)[]>,
): Promise<Layer> {
  return cachedLayer(recipe, cache, ctx, () => gzipMembers(tarOf(entries, mtimeSeconds)));
}

async function* tarOf(
  entries: () => Promise<readonly (TarEntry | StreamedFile)[]>,
  mtimeSeconds: number,
): AsyncIterable<Uint8Array> {
  yield* streamTarEntries(sortEntries(await entries()), mtimeSeconds);
  yield endOfTar;
}
