import {
  type Context,
  composeTree,
  type Image,
  type ImageTree,
  readLayer,
  type TreeEntry,
  treeEntry,
} from '@catamaran/oci';

/** The file tree that an image's layers add up to. */
export async function baseTree(image: Image, ctx: Context): Promise<ImageTree> {
  const listings: TreeEntry[][] = [];
  for (const layer of await image.layers()) {
    const entries: TreeEntry[] = [];
    for await (const entry of readLayer(layer)) {
      ctx.signal.throwIfAborted();
      entries.push(treeEntry(entry));
    }
    listings.push(entries);
  }
  return composeTree(listings);
}
