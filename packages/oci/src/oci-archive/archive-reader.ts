import type { ArchiveFile } from '../archive/archive-file.ts';
import type { ContentReader } from '../content/content-reader.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { blobPath } from './blob-path.ts';

/** An archive's blobs as the parts of images, read where they lie in it. */
export function archiveReader(archive: ArchiveFile): ContentReader {
  async function* read({ digest }: Descriptor, startBytes = 0): ByteStream {
    yield* archive.open(archive.find(blobPath(digest)), startBytes);
  }
  return {
    place: `the archive "${archive.path}"`,
    openManifest: (descriptor) => read(descriptor),
    openBlob: read,
  };
}
