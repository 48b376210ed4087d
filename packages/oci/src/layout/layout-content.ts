import type { ContentReader } from '../content/content-reader.ts';
import type { ContentSink } from '../content/content-sink.ts';
import { fetchStep } from '../content/transfer-step.ts';
import type { BlobStore } from './blob-store.ts';

/** A layout's blobs as the parts of images. Manifests are blobs like all others there. */
export function layoutReader(folder: string, blobs: BlobStore): ContentReader {
  return {
    place: `the layout "${folder}"`,
    openManifest: ({ digest }) => blobs.read(digest),
    openBlob: ({ digest }, startBytes) => blobs.read(digest, startBytes),
  };
}

export function layoutSink(blobs: BlobStore): ContentSink {
  return {
    // Two cores are kept busy by digests; more would only compete for the disk.
    atOnce: 4,
    async putBlob(blob, ctx) {
      const { digest, size } = blob.descriptor;
      if (await blobs.reuse(digest, size)) return;
      await fetchStep(blob, ctx, (content) => blobs.write(digest, content, ctx.signal));
    },
    async putManifest({ descriptor: { digest, size }, bytes }, { signal }) {
      if (!(await blobs.reuse(digest, size))) await blobs.write(digest, [bytes], signal);
    },
  };
}
