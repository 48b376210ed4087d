import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import { isNonDistributable } from '../model/media-types.ts';
import { describeRaw } from '../model/raw.ts';
import type { Blob } from './blob.ts';
import { imageBlobs } from './image-blobs.ts';
import { manifestLimits } from './manifest-limits.ts';

/** A manifest or an index, as it is stored. */
export interface ManifestContent {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** All that an image or an index consists of, each once. */
export interface Content {
  readonly blobs: readonly Blob[];
  /** Children before what names them; the last one is what was asked for. */
  readonly manifests: readonly ManifestContent[];
  readonly root: ManifestContent;
}

/**
 * Follows an image or index down to its blobs. What is named several times is read once.
 * @throws CATA_MANIFEST_INVALID, CATA_MANIFEST_TOO_LARGE
 */
export async function contentOf(image: Image | ImageIndex): Promise<Content> {
  const blobs = new Map<Digest, Blob>();
  const manifests = new Map<Digest, ManifestContent>();
  const admit = manifestLimits();

  async function follow(node: Image | ImageIndex, depth: number): Promise<ManifestContent> {
    const raw = await node.manifest();
    const descriptor = describeRaw(raw.value.mediaType, raw);
    const content = { descriptor, bytes: raw.bytes };
    admit(descriptor, depth);
    if (isImageIndex(node)) {
      for (const child of (await node.manifest()).value.manifests) {
        if (!manifests.has(child.digest)) await follow(await node.child(child), depth + 1);
      }
    } else {
      for (const blob of await imageBlobs(node)) {
        if (!isNonDistributable(blob.descriptor.mediaType)) blobs.set(blob.descriptor.digest, blob);
      }
    }
    manifests.set(descriptor.digest, content);
    return content;
  }

  const root = await follow(image, 0);
  return { blobs: [...blobs.values()], manifests: [...manifests.values()], root };
}
