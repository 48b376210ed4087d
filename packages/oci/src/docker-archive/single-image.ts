import { archiveErrors } from '../archive/errors.ts';
import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { formatPlatform } from '../model/platform.ts';

/**
 * The one image that there is to choose. What only accompanies it in an index, as BuildKit's attestations do, is none.
 * @throws CATA_ARCHIVE_ONE_PLATFORM
 */
export async function singleImage(image: Image | ImageIndex, reference: string): Promise<Image> {
  if (!isImageIndex(image)) return image;
  const images = (await image.manifest()).value.manifests.filter(isImage);
  const [only, ...others] = images;
  if (only && others.length === 0) return singleImage(await image.child(only), reference);
  const present = images.map(({ platform, digest }) => (platform ? formatPlatform(platform) : digest));
  throw archiveErrors.CATA_ARCHIVE_ONE_PLATFORM({
    reference,
    count: images.length,
    present: present.join(', ') || 'none',
  });
}

/** https://github.com/moby/buildkit/blob/v0.20.0/docs/attestations/attestation-storage.md */
function isImage({ artifactType, annotations }: Descriptor): boolean {
  return artifactType === undefined && annotations?.['vnd.docker.reference.type'] === undefined;
}
