import { ociErrors } from '../errors/errors.ts';
import type { Annotations, Descriptor } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { type DescribedPlatform, formatPlatform, type Platform, samePlatform } from '../model/platform.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';
import type { Image, ImageIndex } from './image.ts';

export interface PlatformImage {
  readonly platform: Platform;
  readonly image: Image;
}

/** An index over images, in the order given. */
export async function createIndex(
  images: readonly PlatformImage[],
  annotations?: Annotations,
): Promise<ImageIndex> {
  const manifest: Raw<IndexManifest> = rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: await Promise.all(
      images.map(async ({ platform, image }) => ({
        ...describeRaw(mediaTypes.manifest, await image.manifest()),
        platform,
      })),
    ),
    ...(annotations ? { annotations } : {}),
  });
  return {
    manifest: async () => manifest,
    image: async (platform) => {
      const found = images.find((candidate) => samePlatform(candidate.platform, platform));
      if (!found) throw platformNotInIndex(platform, manifest.value);
      return found.image;
    },
    child: async (descriptor) => {
      const at = manifest.value.manifests.findIndex(({ digest }) => digest === descriptor.digest);
      const found = images[at];
      if (!found) throw childNotInIndex(descriptor);
      return found.image;
    },
  };
}

export function platformNotInIndex(platform: DescribedPlatform, index: IndexManifest): Error {
  return ociErrors.CATA_PLATFORM_NOT_IN_INDEX({
    platform: formatPlatform(platform),
    present: index.manifests
      .flatMap((entry) => entry.platform ?? [])
      .map(formatPlatform)
      .join(', '),
  });
}

/** A caller's mistake, not a person's. */
export function childNotInIndex({ digest }: Descriptor): Error {
  return new Error(`${digest} is not in the index`);
}
