import type { Image } from '../../../image/image.ts';
import type { ImageConfig } from '../../../model/image-config.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { mediaTypes } from '../../../model/media-types.ts';
import { rawFromBytes } from '../../../model/raw.ts';
import { memoryLayer } from '../../../testing/memory-layer.ts';
import { imageParts } from '../../../testing/planted-image.ts';

/** The image that `imageParts()` are the parts of, to be pushed. */
export function plainImage(): Image {
  const { manifest, config, layer } = imageParts();
  return {
    manifest: async () => rawFromBytes<Manifest>(manifest),
    config: async () => rawFromBytes<ImageConfig>(config),
    layers: async () => [memoryLayer(layer, layer, mediaTypes.layerTar)],
  };
}
