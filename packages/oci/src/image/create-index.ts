import type { Annotations } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { Platform } from '../model/platform.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';
import type { Image, ImageIndex } from './image.ts';
import { indexOfChildren } from './index-of-children.ts';

export interface PlatformImage {
  readonly platform: Platform;
  readonly image: Image;
}

/** An index over images, in the order given. */
export async function createIndex(
  images: readonly PlatformImage[],
  annotations?: Annotations,
): Promise<ImageIndex> {
  const described = await Promise.all(
    images.map(async ({ platform, image }) => ({
      image,
      descriptor: { ...describeRaw(mediaTypes.manifest, await image.manifest()), platform },
    })),
  );
  const manifest: Raw<IndexManifest> = rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: described.map(({ descriptor }) => descriptor),
    ...(annotations ? { annotations } : {}),
  });
  const children = described.map(({ descriptor, image }) => [descriptor.digest, image] as const);
  return indexOfChildren(manifest, new Map(children));
}
