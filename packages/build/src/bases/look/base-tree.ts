import {
  type Context,
  composeTree,
  type Image,
  type ImageTree,
  type Layer,
  readLayer,
  type TreeEntry,
  treeEntry,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';

/** The file tree that an image's layers add up to. What is in a layer is read once and kept. */
export async function baseTree(image: Image, cache: Cache, ctx: Context): Promise<ImageTree> {
  const listings: (readonly TreeEntry[])[] = [];
  for (const layer of await image.layers()) listings.push(await listing(layer, cache, ctx));
  return composeTree(listings);
}

async function listing(layer: Layer, cache: Cache, ctx: Context): Promise<readonly TreeEntry[]> {
  const key = cacheKey({ listing: 1, diffId: await layer.diffId() });
  const kept = await cache.getJson<readonly TreeEntry[]>('listings', key);
  if (kept) return kept;
  const entries: TreeEntry[] = [];
  for await (const entry of readLayer(layer)) {
    ctx.signal.throwIfAborted();
    entries.push(treeEntry(entry));
  }
  await cache.putJson('listings', key, entries);
  return entries;
}
