import type { Blob } from '../content/blob.ts';
import { verified } from '../content/verified.ts';
import type { Digest } from '../model/digest.ts';
import { decompressed } from './decompressed.ts';
import type { Layer } from './layer.ts';

/** Which blob a layer is, so that a store can copy it without verifying it twice. By identity: a layer that wraps another one is not it. */
const blobs = new WeakMap<Layer, Blob>();

/** A layer whose blob is somewhere: on disk, in memory, in a registry. What is read of it is verified. */
export function blobLayer({
  diffId,
  ...blob
}: Blob & { readonly diffId: Digest | (() => Promise<Digest>) }): Layer {
  const { descriptor } = blob;
  const compressed = () => verified(blob.open(), descriptor, `The layer ${descriptor.digest}`);
  const layer: Layer = {
    descriptor: async () => descriptor,
    diffId: async () => (typeof diffId === 'function' ? diffId() : diffId),
    compressed,
    uncompressed: () => decompressed(compressed(), descriptor),
  };
  blobs.set(layer, blob);
  return layer;
}

/** Any layer's blob; one of another make is read from its beginning each time. */
export async function blobOf(layer: Layer): Promise<Blob> {
  const known = blobs.get(layer);
  if (known) return known;
  return {
    descriptor: await layer.descriptor(),
    open: async function* (startBytes = 0) {
      let passedBytes = 0;
      for await (const chunk of layer.compressed()) {
        if (passedBytes + chunk.byteLength > startBytes)
          yield chunk.subarray(Math.max(0, startBytes - passedBytes));
        passedBytes += chunk.byteLength;
      }
    },
  };
}
