import type { ArchiveWriter } from '../archive/archive-writer.ts';
import { type Blob, memoryBlob } from '../content/blob.ts';
import type { Content } from '../content/content-of.ts';
import { verified } from '../content/verified.ts';
import { archiveIndex } from './archive-index.ts';
import { blobPath } from './blob-path.ts';

/** Writes a layout with one name, its entries sorted by path. @throws CATA_SIZE_MISMATCH, CATA_DIGEST_MISMATCH */
export async function writeLayout(writer: ArchiveWriter, content: Content, refName: string): Promise<void> {
  await writer.addFolder('blobs');
  await writer.addFolder('blobs/sha256');
  for (const { descriptor, open } of sortedBlobs(content)) {
    await writer.addFile(
      blobPath(descriptor.digest),
      verified(open(), descriptor, `The blob ${descriptor.digest}`),
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
