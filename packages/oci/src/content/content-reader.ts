import type { ByteStream } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { BlobOrigin } from './blob.ts';

/** Where the parts of images are read from: a layout's blobs, a repository in a registry, an archive. */
export interface ContentReader {
  /** For errors, as in `the layout "x"` or `registry.example.com/app`. */
  readonly place: string;
  openManifest(descriptor: Descriptor): ByteStream;
  /** @param startBytes where to begin; 0 unless told */
  openBlob(descriptor: Descriptor, startBytes?: number, signal?: AbortSignal): ByteStream;
  /** Set when a registry can take blobs from here by itself. */
  readonly origin?: BlobOrigin;
  /** Set when what is read is kept on this machine: the file that is the blob then, see `Blob`. */
  pathOf?(descriptor: Descriptor): string;
}
