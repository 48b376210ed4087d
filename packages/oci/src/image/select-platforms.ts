import { ociErrors } from '../errors/errors.ts';
import type { IndexManifest } from '../model/manifest.ts';
import type { DescribedPlatform } from '../model/platform.ts';
import { type Raw, rawFromValue } from '../model/raw.ts';
import { findPlatform } from './find-platform.ts';
import { type Image, type ImageIndex, isImageIndex } from './image.ts';
import { platformNotInIndex } from './not-in-index.ts';

/**
 * The same index with these platforms alone, in its own order; the index as it is, with its digest, when that
 * leaves nothing out. Attestations of images that are left out go with them, and so do those of the rest.
 * @throws CATA_PLATFORM_NOT_IN_INDEX, CATA_NOT_AN_INDEX
 */
export async function selectPlatforms(
  image: Image | ImageIndex,
  wanted: readonly DescribedPlatform[],
  subject: string,
): Promise<Image | ImageIndex> {
  if (wanted.length === 0) return image;
  if (!isImageIndex(image)) throw ociErrors.CATA_NOT_AN_INDEX({ reference: subject });
  const { value } = await image.manifest();
  const chosen = new Set(
    wanted.map((platform) => {
      const found = findPlatform(value.manifests, platform);
      if (!found) throw platformNotInIndex(platform, value);
      return found;
    }),
  );
  if (chosen.size === value.manifests.length) return image;
  const manifest: Raw<IndexManifest> = rawFromValue({
    ...value,
    manifests: value.manifests.filter((entry) => chosen.has(entry)),
  });
  return { ...image, manifest: async () => manifest };
}
