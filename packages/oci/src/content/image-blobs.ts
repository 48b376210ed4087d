import type { Image } from '../image/image.ts';
import { blobOf } from '../layer/blob-layer.ts';
import { type Blob, memoryBlob } from './blob.ts';

type Blobs = () => Promise<readonly Blob[]>;

/** By identity: an image that wraps a stored one may have other layers. */
const known = new WeakMap<Image, Blobs>();

/** For images that are copied without looking into them: what they point at need not be layers and a configuration. */
export function rememberBlobs(image: Image, blobs: Blobs): void {
  known.set(image, blobs);
}

/** What an image's manifest points at. */
export async function imageBlobs(image: Image): Promise<readonly Blob[]> {
  const blobs = known.get(image);
  if (blobs) return blobs();
  const { config } = (await image.manifest()).value;
  const layers = await Promise.all((await image.layers()).map(blobOf));
  return [memoryBlob(config, (await image.config()).bytes), ...layers];
}
