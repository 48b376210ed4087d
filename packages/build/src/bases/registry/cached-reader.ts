import {
  type BlobStore,
  type ContentReader,
  type Context,
  collectBytes,
  type Descriptor,
  fetchStep,
  sharedLookup,
} from '@catamaran/oci';

export interface RemoteParts extends Pick<ContentReader, 'place' | 'origin'> {
  /** Called when something has to be fetched, and not before. */
  open(): Promise<ContentReader>;
}

/**
 * A reader that fetches each part once and keeps it: the C library is looked for in the base's layers, their binaries
 * are checked, and then they go into a layout. What nobody reads is not fetched.
 */
export function cachedReader({ open, ...place }: RemoteParts, blobs: BlobStore, ctx: Context): ContentReader {
  const isAtHand = ({ digest, size }: Descriptor) => blobs.has(digest, size);

  const fetchOnce = sharedLookup({
    keyOf: ({ digest }: Descriptor) => digest,
    isFresh: () => false,
    look: async (descriptor, { signal }) => {
      const reader = await open();
      const blob = {
        descriptor,
        open: (startBytes?: number) => reader.openBlob(descriptor, startBytes, signal),
        ...(place.origin ? { origin: place.origin } : {}),
      };
      await fetchStep(blob, { ...ctx, signal }, (content) =>
        blobs.write(descriptor.digest, content, signal, descriptor.size),
      );
    },
  });

  return {
    ...place,
    pathOf: ({ digest }) => blobs.path(digest),
    async *openManifest(descriptor) {
      if (!(await isAtHand(descriptor))) {
        const bytes = await collectBytes((await open()).openManifest(descriptor));
        await blobs.write(descriptor.digest, [bytes], ctx.signal, descriptor.size);
      }
      yield* blobs.read(descriptor.digest);
    },
    async *openBlob(descriptor, startBytes = 0, signal = ctx.signal) {
      const inner = { ...ctx, signal: AbortSignal.any([ctx.signal, signal]) };
      if (!(await isAtHand(descriptor))) await fetchOnce(descriptor, inner);
      yield* blobs.read(descriptor.digest, startBytes);
    },
  };
}
