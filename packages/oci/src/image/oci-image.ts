import { imageBlobs, rememberBlobs } from '../content/image-blobs.ts';
import { manifestLimits } from '../content/manifest-limits.ts';
import { blobLayer, blobOf } from '../layer/blob-layer.ts';
import type { Layer } from '../layer/layer.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import type { Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { ociMediaType } from '../model/oci-media-type.ts';
import { type Raw, rawFromValue } from '../model/raw.ts';
import { descriptorOf } from './descriptor-of.ts';
import { type Image, type ImageIndex, isImageIndex } from './image.ts';
import { indexOfChildren } from './index-of-children.ts';

/**
 * The same content under OCI's media types, for tools that know no others: the blobs are the same to the byte, the
 * manifests have other digests, and so what was signed is signed no longer. What has no type of Docker's is returned as
 * it is, with its digest.
 * @throws CATA_MANIFEST_INVALID, CATA_MANIFEST_TOO_LARGE, and what reading the manifests throws
 */
export async function asOciImage(image: Image): Promise<Image>;
export async function asOciImage(image: Image | ImageIndex): Promise<Image | ImageIndex>;
export async function asOciImage(image: Image | ImageIndex): Promise<Image | ImageIndex> {
  const admit = manifestLimits();
  const convert = async (node: Image | ImageIndex, depth: number): Promise<Image | ImageIndex> => {
    admit(await descriptorOf(node), depth);
    return isImageIndex(node) ? convertIndex(node, (child) => convert(child, depth + 1)) : convertImage(node);
  };
  return convert(image, 0);
}

async function convertImage(image: Image): Promise<Image> {
  const { value } = await image.manifest();
  const parts = [value, value.config, ...value.layers];
  if (parts.every(({ mediaType }) => ociMediaType(mediaType) === mediaType)) return image;
  const manifest: Raw<Manifest> = rawFromValue({
    ...value,
    mediaType: mediaTypes.manifest,
    config: renamed(value.config),
    layers: value.layers.map(renamed),
  });
  const converted: Image = {
    manifest: async () => manifest,
    config: () => image.config(),
    layers: async () => Promise.all((await image.layers()).map(convertLayer)),
  };
  rememberBlobs(converted, async () =>
    (await imageBlobs(image)).map((blob) => ({ ...blob, descriptor: renamed(blob.descriptor) })),
  );
  return converted;
}

async function convertLayer(layer: Layer): Promise<Layer> {
  const blob = await blobOf(layer);
  return blobLayer({ ...blob, descriptor: renamed(blob.descriptor), diffId: () => layer.diffId() });
}

async function convertIndex(
  index: ImageIndex,
  convert: (child: Image | ImageIndex) => Promise<Image | ImageIndex>,
): Promise<ImageIndex> {
  const { value } = await index.manifest();
  const children = new Map<Digest, Image | ImageIndex>();
  const successors = new Map<Digest, Descriptor>();
  for (const entry of value.manifests) {
    if (successors.has(entry.digest)) continue;
    const child = await convert(await index.child(entry));
    const successor = await descriptorOf(child);
    children.set(successor.digest, child);
    successors.set(entry.digest, successor);
  }
  const manifests = value.manifests.map((entry) => succeeded(entry, successors));
  const isSame = manifests.every(({ digest }, at) => digest === value.manifests[at]?.digest);
  if (isSame && value.mediaType === mediaTypes.index) return index;
  return indexOfChildren(rawFromValue({ ...value, mediaType: mediaTypes.index, manifests }), children);
}

/** Of an image that an attestation is about, in BuildKit's indexes. https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const referenceKey = 'vnd.docker.reference.digest';

function succeeded(entry: Descriptor, successors: ReadonlyMap<Digest, Descriptor>): Descriptor {
  const about = successors.get(entry.annotations?.[referenceKey] as Digest)?.digest;
  return {
    ...entry,
    ...successors.get(entry.digest),
    ...(about ? { annotations: { ...entry.annotations, [referenceKey]: about } } : {}),
  };
}

function renamed(descriptor: Descriptor): Descriptor {
  return { ...descriptor, mediaType: ociMediaType(descriptor.mediaType) };
}
