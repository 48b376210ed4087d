import type { Image } from '../../../image/image.ts';
import type { Descriptor } from '../../../model/descriptor.ts';
import type { Digest } from '../../../model/digest.ts';
import { parseDigest } from '../../../model/digest.ts';
import type { ImageConfig } from '../../../model/image-config.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { mediaTypes } from '../../../model/media-types.ts';
import { describeRaw, rawFromBytes, rawFromValue } from '../../../model/raw.ts';
import type { MemoryRegistry } from '../../../registry-memory/index.ts';
import { memoryLayer } from '../../../testing/memory-layer.ts';
import { imageParts, plantImage } from '../../../testing/planted-image.ts';

/** Plants an image for others to refer to. */
export function plantSubject(registry: MemoryRegistry, repository: string, tag = '1'): Descriptor {
  const planted = plantImage(registry, repository, imageParts(), tag);
  return { ...planted, digest: parseDigest(planted.digest) };
}

/** An artifact that refers to an image, to be pushed. */
export function artifactAbout(subject: Descriptor, text: string): { image: Image; digest: Digest } {
  const bytes = Buffer.from(text);
  const { manifest, config } = imageParts({}, bytes);
  const value = { ...rawFromBytes<Manifest>(manifest).value, artifactType: 'application/x-test', subject };
  const raw = rawFromValue(value);
  const image: Image = {
    manifest: async () => raw,
    config: async () => rawFromBytes<ImageConfig>(config),
    layers: async () => [memoryLayer(bytes, bytes, mediaTypes.layerTar)],
  };
  return { image, digest: describeRaw(mediaTypes.manifest, raw).digest };
}
