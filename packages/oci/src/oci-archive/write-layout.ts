import type { ArchiveWriter } from '../archive/archive-writer.ts';
import { type Blob, memoryBlob } from '../content/blob.ts';
import type { Content } from '../content/content-of.ts';
import { fetchStep } from '../content/transfer-step.ts';
import { verified } from '../content/verified.ts';
import type { Context } from '../context/context.ts';
import { archiveIndex } from './archive-index.ts';
import { blobPath } from './blob-path.ts';

/** Writes a layout with one name, its entries sorted by path. @throws CATA_SIZE_MISMATCH, CATA_DIGEST_MISMATCH */
export async function writeLayout(
  writer: ArchiveWriter,
  content: Content,
  refName: string,
  ctx: Context,
): Promise<void> {
  await writer.addFolder('blobs');
  await writer.addFolder('blobs/sha256');
  for (const blob of sortedBlobs(content)) {
    const { descriptor } = blob;
    await fetchStep(blob, ctx, (bytes) =>
      writer.addFile(
        blobPath(descriptor.digest),
        verified(bytes, descriptor, `The blob ${descriptor.digest}`),
      ),
    );
  }
  await writer.addFile('index.json', [archiveIndex(refName, content.root.descriptor).bytes]);
  await writer.addFile('oci-layout', [Buffer.from(JSON.stringify({ imageLayoutVersion: '1.0.0' }))]);
}

/** Each once, though a manifest could be named as a blob as well. */
function sortedBlobs({ blobs, manifests }: Content): Blob[] {
  const all = [...blobs, ...manifests.map(({ descriptor, bytes }) => memoryBlob(descriptor, bytes))];
  const once = new Map(all.map((blob) => [blob.descriptor.digest, blob]));
  return [...once.values()].sort((a, b) => (a.descriptor.digest < b.descriptor.digest ? -1 : 1));
}
