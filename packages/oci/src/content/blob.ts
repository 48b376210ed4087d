import type { ByteStream } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';

/** Content by its digest, wherever it is: what stores copy. */
export interface Blob {
  readonly descriptor: Descriptor;
  /**
   * Its bytes from `startBytes` on, any number of times. They are as they come: whoever keeps them verifies
   * them, and `verified` does so for whoever only reads.
   * @param signal ends the reading, beside whatever the place that it comes from was given
   */
  open(startBytes?: number, signal?: AbortSignal): ByteStream;
  /**
   * A file of this machine that is the blob, or will be when it is opened: it was verified when it was written, and is
   * never changed.
   */
  readonly path?: string;
  /** Where a registry can take it from by itself. */
  readonly origin?: BlobOrigin;
}

export interface BlobOrigin {
  /** Host, with its port. */
  readonly registry: string;
  readonly repository: string;
}

/** What is at hand already. */
export function memoryBlob(descriptor: Descriptor, bytes: Uint8Array): Blob {
  return {
    descriptor,
    open: async function* (startBytes = 0) {
      yield bytes.subarray(startBytes);
    },
  };
}
