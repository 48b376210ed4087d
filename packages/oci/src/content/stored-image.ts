import { ociErrors } from '../errors/errors.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { imageInIndex } from '../image/image-in-index.ts';
import { childNotInIndex } from '../image/not-in-index.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { IndexManifest, Manifest } from '../model/manifest.ts';
import { isIndexType } from '../model/media-types.ts';
import { parseImageConfig } from '../model/parse-image-config.ts';
import { maxManifestBytes, parseManifest } from '../model/parse-manifest.ts';
import type { Raw } from '../model/raw.ts';
import type { Blob } from './blob.ts';
import type { ContentReader } from './content-reader.ts';
import { rememberBlobs } from './image-blobs.ts';
import { verified } from './verified.ts';

/** An image or index whose parts are read when they are asked for, and verified. */
export function storedImage(descriptor: Descriptor, reader: ContentReader): Image | ImageIndex {
  return isIndexType(descriptor.mediaType) ? indexFrom(descriptor, reader) : imageFrom(descriptor, reader);
}

function imageFrom(descriptor: Descriptor, reader: ContentReader): Image {
  const manifest = kept(() => readManifest<Manifest>(descriptor, reader));
  const config = kept(async () => {
    const { config: described } = (await manifest()).value;
    const subject = `The configuration of ${descriptor.digest} in ${reader.place}`;
    return parseImageConfig(await readDocument(described, reader.openBlob(described), subject), subject);
  });
  const blobFrom = (blob: Descriptor): Blob => ({
    descriptor: blob,
    open: (startBytes, signal) => reader.openBlob(blob, startBytes, signal),
    ...(reader.origin ? { origin: reader.origin } : {}),
    ...(reader.pathOf ? { path: reader.pathOf(blob) } : {}),
  });
  const image: Image = {
    manifest,
    config,
    layers: async () =>
      (await manifest()).value.layers.map((layer, index) =>
        blobLayer({
          ...blobFrom(layer),
          diffId: async () => {
            const diffId = (await config()).value.rootfs.diff_ids[index];
            if (diffId) return diffId;
            throw ociErrors.CATA_LAYER_UNREADABLE({ digest: layer.digest, reason: 'it has no diff ID' });
          },
        }),
      ),
  };
  rememberBlobs(image, async () => {
    const { config: described, layers } = (await manifest()).value;
    return [described, ...layers].map(blobFrom);
  });
  return image;
}

function indexFrom(descriptor: Descriptor, reader: ContentReader): ImageIndex {
  const manifest = kept(() => readManifest<IndexManifest>(descriptor, reader));
  const index: ImageIndex = {
    manifest,
    image: (platform) => imageInIndex(index, platform),
    child: async (child) => {
      const { manifests } = (await manifest()).value;
      const found = manifests.find(({ digest }) => digest === child.digest);
      if (!found) throw childNotInIndex(child);
      return storedImage(found, reader);
    },
  };
  return index;
}

async function readManifest<T extends Manifest | IndexManifest>(
  descriptor: Descriptor,
  reader: ContentReader,
): Promise<Raw<T>> {
  const subject = `The manifest ${descriptor.digest} in ${reader.place}`;
  const bytes = await readDocument(descriptor, reader.openManifest(descriptor), subject);
  return parseManifest(bytes, descriptor.mediaType, subject) as Raw<T>;
}

/** @throws CATA_MANIFEST_TOO_LARGE, CATA_SIZE_MISMATCH, CATA_DIGEST_MISMATCH */
function readDocument(descriptor: Descriptor, stream: ByteStream, subject: string): Promise<Uint8Array> {
  if (descriptor.size > maxManifestBytes) {
    throw ociErrors.CATA_MANIFEST_TOO_LARGE({
      subject,
      sizeBytes: descriptor.size,
      maxBytes: maxManifestBytes,
    });
  }
  return collectBytes(verified(stream, descriptor, subject));
}

/** Reads once; a failure is not kept, so that it can be tried again. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}
