import {
  type DescribedPlatform,
  formatPlatform,
  type Image,
  type ImageIndex,
  isImageIndex,
  samePlatform,
} from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { requireImage } from '../inspect/image-to-show.ts';
import { indexedPlatforms } from '../inspect/indexed-platforms.ts';
import { imageFor } from '../location/chosen-image.ts';

/** What is compared with what. */
export interface ImagePairs {
  readonly pairs: readonly (readonly [before: Image, after: Image])[];
  /** Platforms that have no counterpart. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** An image or index, as it was named. */
export interface Side {
  readonly found: Image | ImageIndex;
  readonly text: string;
}

/**
 * Two platforms of one index: those that were asked for, or the two that it has.
 * @throws CATA_DIFF_PLATFORMS, CATA_PLATFORM_NOT_IN_INDEX
 */
export async function platformPair(
  { found, text }: Side,
  asked: readonly DescribedPlatform[],
): Promise<ImagePairs> {
  const present = await platformsOf({ found, text });
  const [first, second, ...others] = asked.length === 0 ? present : asked;
  if (!first || !second || others.length > 0) {
    throw cliErrors.CATA_DIFF_PLATFORMS({ text, present: present.map(formatPlatform).join(', ') || 'none' });
  }
  return matched([await imageFor(found, first), await imageFor(found, second)]);
}

/**
 * Two images; or those of two indexes, platform by platform; or an image and the one for its platform of an index.
 * @param asked those platforms alone
 * @throws CATA_PLATFORM_NOT_IN_INDEX, CATA_IMAGE_EXPECTED
 */
export async function imagePairs(
  before: Side,
  after: Side,
  asked: readonly DescribedPlatform[],
): Promise<ImagePairs> {
  const [old, now] = [await platformsOf(before), await platformsOf(after)];
  const forBoth = (platform: DescribedPlatform) =>
    Promise.all([imageFor(before.found, platform), imageFor(after.found, platform)]);
  if (asked.length > 0) return matched(...(await Promise.all(asked.map(forBoth))));
  const [oldIndex, nowIndex] = [isImageIndex(before.found), isImageIndex(after.found)];
  if (oldIndex && nowIndex) {
    const common = old.filter((platform) => has(now, platform));
    return {
      ...matched(...(await Promise.all(common.map(forBoth)))),
      onlyBefore: old.filter((platform) => !has(now, platform)).map(formatPlatform),
      onlyAfter: now.filter((platform) => !has(old, platform)).map(formatPlatform),
    };
  }
  const platform = oldIndex ? now[0] : old[0];
  if (oldIndex !== nowIndex && platform) return matched(await forBoth(platform));
  return matched([before.found as Image, after.found as Image]);
}

function matched(...pairs: ImagePairs['pairs']): ImagePairs {
  return { pairs, onlyBefore: [], onlyAfter: [] };
}

function has(platforms: readonly DescribedPlatform[], wanted: DescribedPlatform): boolean {
  return platforms.some((platform) => samePlatform(platform, wanted));
}

/** @throws CATA_IMAGE_EXPECTED for what is neither an image nor an index */
async function platformsOf({ found, text }: Side): Promise<readonly DescribedPlatform[]> {
  if (isImageIndex(found)) return indexedPlatforms(found);
  await requireImage(found, text);
  return [(await found.config()).value];
}
