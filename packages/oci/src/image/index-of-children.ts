import type { Digest } from '../model/digest.ts';
import type { IndexManifest } from '../model/manifest.ts';
import type { Raw } from '../model/raw.ts';
import { findPlatform } from './find-platform.ts';
import { type Image, type ImageIndex, isImageIndex } from './image.ts';
import { childNotInIndex, platformNotInIndex } from './not-in-index.ts';

/** An index whose children are at hand, by the digests that its manifest has for them. */
export function indexOfChildren(
  manifest: Raw<IndexManifest>,
  children: ReadonlyMap<Digest, Image | ImageIndex>,
): ImageIndex {
  return {
    manifest: async () => manifest,
    image: async (platform) => {
      const found = findPlatform(manifest.value.manifests, platform);
      const image = found && children.get(found.digest);
      if (!image || isImageIndex(image)) throw platformNotInIndex(platform, manifest.value);
      return image;
    },
    child: async (descriptor) => {
      const child = children.get(descriptor.digest);
      if (!child) throw childNotInIndex(descriptor);
      return child;
    },
  };
}
