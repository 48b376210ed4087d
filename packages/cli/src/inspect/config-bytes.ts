import { formatPlatform, type Image, type ImageIndex, isImageIndex } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { artifactDocument, isArtifact } from './artifact-document.ts';

/**
 * The configuration of an image, as it is; of an index, when there is only one image in it.
 * @throws CATA_PLATFORM_NEEDED, CATA_IMAGE_EXPECTED
 */
export async function configBytes(found: Image | ImageIndex, text: string): Promise<Uint8Array> {
  const image = isImageIndex(found) ? await singleImage(found, text) : found;
  const manifest = await image.manifest();
  if (isArtifact(manifest.value)) {
    throw cliErrors.CATA_IMAGE_EXPECTED({
      text,
      what: `an artifact, ${artifactDocument(manifest).artifactType}`,
    });
  }
  return (await image.config()).bytes;
}

async function singleImage(index: ImageIndex, text: string): Promise<Image> {
  const { manifests } = (await index.manifest()).value;
  const images = manifests.filter(
    ({ artifactType, annotations }) =>
      artifactType === undefined && annotations?.['vnd.docker.reference.type'] === undefined,
  );
  const [only, ...others] = images;
  const child = only && others.length === 0 ? await index.child(only) : undefined;
  if (child && !isImageIndex(child)) return child;
  const present = images.map(({ platform, digest }) => (platform ? formatPlatform(platform) : digest));
  const what = 'a configuration';
  throw cliErrors.CATA_PLATFORM_NEEDED({ text, what, present: present.join(', ') || 'there is none' });
}
