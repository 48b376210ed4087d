import { join } from 'node:path';
import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { type BlobStore, blobStore } from './blob-store.ts';

/** The blobs of a layout. One that is named and not there makes the layout invalid, not the disk. */
export function layoutBlobs(folder: string): BlobStore {
  const blobs = blobStore(join(folder, 'blobs'));
  return { ...blobs, read: (digest, startBytes) => readBlob(blobs.read(digest, startBytes), folder) };
}

/** @throws CATA_LAYOUT_INVALID */
async function* readBlob(blob: ByteStream, folder: string): ByteStream {
  try {
    yield* blob;
  } catch (cause) {
    const reason = messageOf(cause);
    throw ociErrors.CATA_LAYOUT_INVALID({ path: folder, reason }, { cause });
  }
}
