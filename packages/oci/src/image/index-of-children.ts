import type { Digest } from '../model/digest.ts';
import type { IndexManifest } from '../model/manifest.ts';
import type { Raw } from '../model/raw.ts';
import type { Image, ImageIndex } from './image.ts';
import { imageInIndex } from './image-in-index.ts';
import { childNotInIndex } from './not-in-index.ts';

/** An index whose children are at hand, by the digests that its manifest has for them. */
export function indexOfChildren(
  manifest: Raw<IndexManifest>,
  children: ReadonlyMap<Digest, Image | ImageIndex>,
): ImageIndex {
  const index: ImageIndex = {
    manifest: async () => manifest,
    image: (platform) => imageInIndex(index, platform),
    child: async (descriptor) => {
      const child = children.get(descriptor.digest);
      if (!child) throw childNotInIndex(descriptor);
      return child;
    },
  };
  return index;
}
