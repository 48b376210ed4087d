import { createCipheriv } from 'node:crypto';
import { createImage } from '../image/create-image.ts';
import { createIndex } from '../image/create-index.ts';
import type { ImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import type { Layer } from '../layer/layer.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { platforms } from '../model/platform.ts';

/** Bytes that no compression makes smaller, the same ones for the same seed. */
export function noise(seed: number, sizeBytes: number): Uint8Array {
  const key = Buffer.alloc(16);
  key.writeUInt32LE(seed);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}

/** A layer that is good for copying, and for nothing else: it holds no archive. */
export function noiseLayer(seed: number, sizeBytes: number): Layer {
  const bytes = noise(seed, sizeBytes);
  const digest = digestOf(bytes);
  return blobLayer({
    descriptor: { mediaType: mediaTypes.layerTar, digest, size: bytes.byteLength },
    diffId: digest,
    open: async function* (startBytes = 0) {
      const pieceBytes = 16 * 1024;
      for (let at = startBytes; at < bytes.byteLength; at += pieceBytes)
        yield bytes.subarray(at, at + pieceBytes);
    },
  });
}

/** An index of both platforms: a layer that they share, and one of each one's own. */
export async function twoPlatformIndex(
  seed: number,
  sizes: { readonly sharedBytes: number; readonly ownBytes: number },
): Promise<ImageIndex> {
  const shared = { layer: noiseLayer(seed, sizes.sharedBytes), createdBy: 'shared' };
  const images = platforms.map(async (platform, index) => {
    const own = { layer: noiseLayer(seed + 1_000_000 * (index + 1), sizes.ownBytes), createdBy: 'own' };
    const parts = [shared, own];
    const image = await createImage({ platform, parts, execution: {}, created: '1970-01-01T00:00:00Z' });
    return { platform, image };
  });
  return createIndex(await Promise.all(images));
}
