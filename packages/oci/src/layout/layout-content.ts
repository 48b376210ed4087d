import type { ContentReader } from '../content/content-reader.ts';
import type { ContentSink } from '../content/content-sink.ts';
import { fetchStep } from '../content/transfer-step.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import type { BlobStore } from './blob-store.ts';

/** A layout's blobs as the parts of images. Manifests are blobs like all others there. */
export function layoutReader(folder: string, blobs: BlobStore): ContentReader {
  return {
    place: `the layout "${folder}"`,
    openManifest: ({ digest }) => blobs.read(digest),
    openBlob: ({ digest }, startBytes) => blobs.read(digest, startBytes),
  };
}

interface LayoutSink extends ContentSink {
  /** What was not there before, in the order in which it came. */
  readonly written: ReadonlySet<Digest>;
}

export function layoutSink(blobs: BlobStore): LayoutSink {
  const written = new Set<Digest>();
  const write = async (
    { digest, size }: Descriptor,
    content: ByteStream | Iterable<Uint8Array>,
    signal: AbortSignal,
  ) => {
    await blobs.write(digest, content, signal, size);
    written.add(digest);
  };
  return {
    written,
    // Two cores are kept busy by digests; more would only compete for the disk.
    atOnce: 4,
    async putBlob(blob, ctx) {
      const { digest, size } = blob.descriptor;
      if (await blobs.reuse(digest, size)) return;
      if (blob.path !== undefined && (await blobs.adopt(digest, size, blob.path))) {
        written.add(digest);
        return;
      }
      await fetchStep(blob, ctx, (content) => write(blob.descriptor, content, ctx.signal));
    },
    async putManifest({ descriptor, bytes }, { signal }) {
      const { digest, size } = descriptor;
      if (!(await blobs.reuse(digest, size))) await write(descriptor, [bytes], signal);
    },
  };
}
