import { ociErrors } from '../errors/errors.ts';
import { platformNotInIndex } from '../image/create-index.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { digestOf } from '../model/digest.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { IndexManifest, Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { samePlatform } from '../model/platform.ts';
import { type Raw, rawFromBytes } from '../model/raw.ts';
import type { BlobStore } from './blob-store.ts';

/** An image or index whose parts are read from a blob store when they are asked for. */
export function layoutImage(descriptor: Descriptor, blobs: BlobStore): Image | ImageIndex {
  return descriptor.mediaType === mediaTypes.index
    ? indexFrom(descriptor, blobs)
    : imageFrom(descriptor, blobs);
}

function imageFrom(descriptor: Descriptor, blobs: BlobStore): Image {
  const manifest = () => readJson<Manifest>(descriptor, blobs);
  const config = async () => readJson<ImageConfig>((await manifest()).value.config, blobs);
  const layers = async (): Promise<readonly Layer[]> => {
    const diffIds = (await config()).value.rootfs.diff_ids;
    return (await manifest()).value.layers.map((layer, index) => {
      const diffId = diffIds[index];
      if (!diffId)
        throw ociErrors.CATA_LAYER_UNREADABLE({ digest: layer.digest, reason: 'it has no diff ID' });
      return blobLayer({ descriptor: layer, diffId, open: () => blobs.read(layer.digest) });
    });
  };
  return { manifest, config, layers };
}

function indexFrom(descriptor: Descriptor, blobs: BlobStore): ImageIndex {
  const manifest = () => readJson<IndexManifest>(descriptor, blobs);
  return {
    manifest,
    image: async (platform) => {
      const index = (await manifest()).value;
      // "If multiple manifests match […] the first matching entry SHOULD be used." (image-index.md)
      const found = index.manifests.find((entry) => entry.platform && samePlatform(entry.platform, platform));
      if (!found) throw platformNotInIndex(platform, index);
      return imageFrom(found, blobs);
    },
  };
}

async function readJson<T>(descriptor: Descriptor, blobs: BlobStore): Promise<Raw<T>> {
  const bytes = await collectBytes(blobs.read(descriptor.digest));
  const actual = digestOf(bytes);
  if (actual !== descriptor.digest) {
    throw ociErrors.CATA_DIGEST_MISMATCH({
      subject: blobs.path(descriptor.digest),
      actual,
      expected: descriptor.digest,
    });
  }
  return rawFromBytes<T>(bytes);
}
