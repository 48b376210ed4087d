import {
  CatamaranError,
  formatPlatform,
  type Image,
  type ImageIndex,
  isImageIndex,
  type Platform,
  samePlatform,
} from '@catamaran/oci';
import { buildErrors } from '../errors.ts';

/**
 * The image for a platform: an index's, or an image that is for that one.
 * @param base for the error, as in `docker.io/library/node:24-slim`
 * @throws CATA_BASE_PLATFORM
 */
export async function platformImage(
  found: Image | ImageIndex,
  platform: Platform,
  base: string,
): Promise<Image> {
  const image = isImageIndex(found) ? await imageFrom(found, platform, base) : found;
  const { value } = await image.config();
  if (samePlatform(value, platform)) return image;
  // An index may say of an image what the image does not say of itself; then its programs are another CPU's.
  const present = isImageIndex(found)
    ? `what it lists as that is for ${formatPlatform(value)}`
    : `it is one image, for ${formatPlatform(value)}`;
  throw buildErrors.CATA_BASE_PLATFORM({ base, platform: formatPlatform(platform), present });
}

async function imageFrom(index: ImageIndex, platform: Platform, base: string): Promise<Image> {
  try {
    return await index.image(platform);
  } catch (cause) {
    if (!(cause instanceof CatamaranError) || cause.code !== 'CATA_PLATFORM_NOT_IN_INDEX') throw cause;
    const present = `it has ${await platformsOf(index)}`;
    throw buildErrors.CATA_BASE_PLATFORM({ base, platform: formatPlatform(platform), present }, { cause });
  }
}

/** Attestations are listed as unknown/unknown, and what has an artifact type is no image. */
async function platformsOf(index: ImageIndex): Promise<string> {
  const { manifests } = (await index.manifest()).value;
  const named = manifests.flatMap(({ platform, artifactType }) =>
    platform && artifactType === undefined && platform.os !== 'unknown' ? [formatPlatform(platform)] : [],
  );
  return [...new Set(named)].join(', ') || 'none';
}
