import {
  type DescribedPlatform,
  formatPlatform,
  type Image,
  type ImageIndex,
  isImageIndex,
  knownPlatform,
  platforms as knownPlatforms,
  type PlatformImage,
  parsePlatform,
} from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { imageFor } from '../location/chosen-image.ts';

/**
 * The images of these platforms, or of all that are known.
 * @param text as it was named, for the error
 * @throws CATA_NOTHING_TO_CHECK, CATA_PLATFORM_INVALID, CATA_PLATFORM_NOT_IN_INDEX
 */
export async function imagesToCheck(
  found: Image | ImageIndex,
  platforms: readonly DescribedPlatform[],
  text: string,
): Promise<readonly PlatformImage[]> {
  const asked = platforms.map((platform) => parsePlatform(formatPlatform(platform)));
  const present = asked.length > 0 ? asked : await platformsOf(found);
  const known = [...new Set(present.flatMap((platform) => knownPlatform(platform) ?? []))];
  const images = await Promise.all(
    known.map(async (platform) => ({ platform, image: await imageFor(found, platform) })),
  );
  if (images.length > 0) return images;
  throw cliErrors.CATA_NOTHING_TO_CHECK({
    text,
    present: present.map(formatPlatform).join(', ') || 'no platform',
    known: knownPlatforms.map(formatPlatform).join(' and '),
  });
}

/** An image says itself what it is for. */
async function platformsOf(found: Image | ImageIndex): Promise<readonly DescribedPlatform[]> {
  if (!isImageIndex(found)) return [(await found.config()).value];
  return (await found.manifest()).value.manifests.flatMap(({ platform }) => platform ?? []);
}
