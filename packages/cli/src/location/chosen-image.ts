import {
  type DescribedPlatform,
  formatPlatform,
  type Image,
  type ImageIndex,
  isImageIndex,
  ociErrors,
  parseDescribedPlatform,
  samePlatform,
} from '@catamaran/oci';

/** As in `--platform linux/amd64,linux/arm64 --platform …`; each once. @throws CATA_PLATFORM_INVALID */
export function parsePlatforms(texts: readonly string[] = []): readonly DescribedPlatform[] {
  const named = texts.flatMap((text) => text.split(',')).map((text) => parseDescribedPlatform(text.trim()));
  return named.filter((platform, at) => named.findIndex((other) => samePlatform(other, platform)) === at);
}

/**
 * The image for one platform: an index's, or an image that is for that one.
 * @throws CATA_PLATFORM_NOT_IN_INDEX
 */
export async function imageFor(found: Image | ImageIndex, platform: DescribedPlatform): Promise<Image> {
  if (isImageIndex(found)) return found.image(platform);
  const { value } = await found.config();
  if (samePlatform(value, platform)) return found;
  throw ociErrors.CATA_PLATFORM_NOT_IN_INDEX({
    platform: formatPlatform(platform),
    present: formatPlatform(value),
  });
}
