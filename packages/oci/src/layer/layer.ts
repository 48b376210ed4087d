import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import type { ByteStream } from './byte-stream.ts';

/** A change to a root file system, as a tar archive. https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md */
export interface Layer {
  /** Describes the compressed bytes. */
  descriptor(): Promise<Descriptor>;
  /** The digest of the uncompressed bytes. */
  diffId(): Promise<Digest>;
  compressed(): ByteStream;
  uncompressed(): ByteStream;
}
