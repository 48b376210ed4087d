import type { Layer } from '../layer/layer.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { IndexManifest, Manifest } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { Raw } from '../model/raw.ts';

/** One platform's root file system and how to start it. */
export interface Image {
  manifest(): Promise<Raw<Manifest>>;
  config(): Promise<Raw<ImageConfig>>;
  /** In the order of application: the base first. */
  layers(): Promise<readonly Layer[]>;
}

/** One name for the images of several platforms. */
export interface ImageIndex {
  manifest(): Promise<Raw<IndexManifest>>;
  /** @throws CATA_PLATFORM_NOT_IN_INDEX */
  image(platform: Platform): Promise<Image>;
}

export function isImageIndex(image: Image | ImageIndex): image is ImageIndex {
  return 'image' in image;
}
