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
    if (depth === 0) admit(descriptor, depth);
    if (isImageIndex(node)) {
      const isNews = (child: Descriptor) => !manifests.has(child.digest);
      const admitted = (child: Descriptor) => admit(child, depth + 1);
      for (const child of await childrenOf(node, isNews, admitted)) await follow(child, depth + 1);
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

/** How many manifests are read at a time: each is a request when they are in a registry. */
const atOnce = 8;

/**
 * What an index names, as far as it is news, each once and with its manifest read.
 * @param admit throws when there is too much of it; asked before it is read
 */
async function childrenOf(
  index: ImageIndex,
  isNews: (child: Descriptor) => boolean,
  admit: (child: Descriptor) => void,
): Promise<readonly (Image | ImageIndex)[]> {
  const named = new Map((await index.manifest()).value.manifests.map((child) => [child.digest, child]));
  const wanted = [...named.values()].filter(isNews);
  const children: (Image | ImageIndex)[] = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const reading = wanted.slice(at, at + atOnce).map(async (descriptor) => {
      admit(descriptor);
      const child = await index.child(descriptor);
      await child.manifest();
      return child;
    });
    // All of them are waited for, so that nothing goes on after a failure.
    await Promise.allSettled(reading);
    children.push(...(await Promise.all(reading)));
  }
  return children;
}
