import { isIndexType } from '../model/media-types.ts';
import type { DescribedPlatform } from '../model/platform.ts';
import { isImageOf } from './find-platform.ts';
import { type Image, type ImageIndex, isImageIndex } from './image.ts';
import { platformNotInIndex } from './not-in-index.ts';

/** Deeper than anybody nests. */
const maxDepth = 8;

/**
 * The first image of a platform, in the order in which the index lists them. An index inside it is looked through when
 * it comes to it, unless it is said to be for another platform.
 * @throws CATA_PLATFORM_NOT_IN_INDEX
 */
export async function imageInIndex(
  index: Pick<ImageIndex, 'manifest' | 'child'>,
  platform: DescribedPlatform,
): Promise<Image> {
  const found = await findImage(index, platform, 0);
  if (found) return found;
  throw platformNotInIndex(platform, (await index.manifest()).value);
}

async function findImage(
  index: Pick<ImageIndex, 'manifest' | 'child'>,
  platform: DescribedPlatform,
  depth: number,
): Promise<Image | undefined> {
  for (const entry of (await index.manifest()).value.manifests) {
    const isNested = isIndexType(entry.mediaType);
    const isCandidate = isNested && !entry.platform ? !entry.artifactType : isImageOf(entry, platform);
    if (!isCandidate || (isNested && depth === maxDepth)) continue;
    const child = await index.child(entry);
    if (!isImageIndex(child)) return child;
    const found = await findImage(child, platform, depth + 1);
    if (found) return found;
  }
  return undefined;
}
