import type { Layer } from '../layer/layer.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { IndexManifest, Manifest } from '../model/manifest.ts';
import type { DescribedPlatform } from '../model/platform.ts';
import type { Raw } from '../model/raw.ts';

/** One platform's root file system and how to start it. */
export interface Image {
  manifest(): Promise<Raw<Manifest>>;
  /** @throws CATA_MANIFEST_INVALID when the manifest is of something else than an image: a signature, an SBOM */
  config(): Promise<Raw<ImageConfig>>;
  /** In the order of application: the base first. */
  layers(): Promise<readonly Layer[]>;
}

/** One name for the images of several platforms. */
export interface ImageIndex {
  manifest(): Promise<Raw<IndexManifest>>;
  /** @throws CATA_PLATFORM_NOT_IN_INDEX */
  image(platform: DescribedPlatform): Promise<Image>;
  /** What one of the manifest's descriptors points at, whatever its platform: an image, an attestation, another index. */
  child(descriptor: Descriptor): Promise<Image | ImageIndex>;
}

export function isImageIndex(image: Image | ImageIndex): image is ImageIndex {
  return 'child' in image;
}
