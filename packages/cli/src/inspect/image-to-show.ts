import {
  type DescribedPlatform,
  formatPlatform,
  hostPlatform,
  type Image,
  type ImageIndex,
  isImageIndex,
  samePlatform,
} from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { imageFor } from '../location/chosen-image.ts';
import { artifactDocument, isArtifact } from './artifact-document.ts';
import { indexedPlatforms } from './indexed-platforms.ts';

export interface ImageToShow {
  readonly image: Image;
  readonly platform: string;
  /** Why this one, where nobody has chosen it; undefined where there is no other. */
  readonly chosenBecause: string | undefined;
}

/**
 * The image of which there is something to be seen that an index has not: for the platform that was asked for, or else
 * for this machine's, or the only one.
 * @param what for the error: "a tree of files"
 * @throws CATA_PLATFORM_NEEDED, CATA_PLATFORM_NOT_IN_INDEX, CATA_IMAGE_EXPECTED
 */
export async function imageToShow(
  found: Image | ImageIndex,
  asked: DescribedPlatform | undefined,
  text: string,
  what: string,
): Promise<ImageToShow> {
  if (!isImageIndex(found)) return described(asked ? await imageFor(found, asked) : found, text);
  if (asked) return described(await found.image(asked), text);
  const platforms = await indexedPlatforms(found);
  const host = hostPlatform();
  const own = host && platforms.find((platform) => samePlatform(platform, host));
  const chosen = own ?? (platforms.length === 1 ? platforms[0] : undefined);
  if (!chosen) {
    const present = platforms.map(formatPlatform).join(', ') || 'there is none';
    throw cliErrors.CATA_PLATFORM_NEEDED({ text, what, present });
  }
  const others = platforms.filter((platform) => platform !== chosen).map(formatPlatform);
  const shown = await described(await found.image(chosen), text);
  if (others.length === 0) return shown;
  return { ...shown, chosenBecause: `this machine’s; --platform shows ${others.join(', ')}` };
}

async function described(image: Image, text: string): Promise<ImageToShow> {
  await requireImage(image, text);
  const platform = formatPlatform((await image.config()).value);
  return { image, platform, chosenBecause: undefined };
}

/** An artifact has layers that hold no files. @throws CATA_IMAGE_EXPECTED */
export async function requireImage(image: Image, text: string): Promise<void> {
  const manifest = await image.manifest();
  if (!isArtifact(manifest.value)) return;
  const what = `an artifact, ${artifactDocument(manifest).artifactType}`;
  throw cliErrors.CATA_IMAGE_EXPECTED({ text, what });
}
