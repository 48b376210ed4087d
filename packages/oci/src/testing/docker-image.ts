import { createImage } from '../image/create-image.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { indexOfChildren } from '../image/index-of-children.ts';
import { blobLayer, blobOf } from '../layer/blob-layer.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { type Platform, platforms } from '../model/platform.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from './memory-layer.ts';

/** An image under Docker's media types. */
export async function dockerImage(platform: Platform): Promise<Image> {
  const blob = await blobOf(await layerOf(file('harbour', 'Kiel\n')));
  const layer = blobLayer({
    ...blob,
    descriptor: { ...blob.descriptor, mediaType: mediaTypes.dockerLayerGzip },
    diffId: async () => (await layerOf(file('harbour', 'Kiel\n'))).diffId(),
  });
  const image = await createImage({
    platform,
    parts: [{ layer, createdBy: 'a test' }],
    execution: { Cmd: ['/bin/sh'] },
    created: '2001-02-03T04:05:06Z',
  });
  const { value } = await image.manifest();
  const manifest: Raw<Manifest> = rawFromValue({
    ...value,
    mediaType: mediaTypes.dockerManifest,
    config: { ...value.config, mediaType: mediaTypes.dockerConfig },
  });
  return { ...image, manifest: async () => manifest };
}

/** A manifest list of both platforms. @param more what is in it besides */
export async function dockerIndex(
  more: (images: readonly Descriptor[]) => readonly (readonly [Descriptor, Image])[] = () => [],
): Promise<ImageIndex> {
  const images = await Promise.all(
    platforms.map(async (platform) => {
      const image = await dockerImage(platform);
      return [
        { ...describeRaw(mediaTypes.dockerManifest, await image.manifest()), platform },
        image,
      ] as const;
    }),
  );
  const all = [...images, ...more(images.map(([descriptor]) => descriptor))];
  const manifests = all.map(([descriptor]) => descriptor);
  return indexOfChildren(
    rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.dockerManifestList, manifests }),
    new Map(all.map(([{ digest }, image]) => [digest, image])),
  );
}
