import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { ByteStream } from './byte-stream.ts';
import type { Layer } from './layer.ts';

/** A layer whose blob is somewhere: on disk, in memory, in a registry. `open` may be called any number of times. */
export function blobLayer(blob: {
  readonly descriptor: Descriptor;
  readonly diffId: Digest;
  open(): ByteStream;
}): Layer {
  return {
    descriptor: async () => blob.descriptor,
    diffId: async () => blob.diffId,
    compressed: () => blob.open(),
    uncompressed: () =>
      blob.descriptor.mediaType === mediaTypes.layerTar ? blob.open() : gunzip(blob.open(), blob.descriptor),
  };
}

async function* gunzip(compressed: ByteStream, descriptor: Descriptor): ByteStream {
  const gunzipped = createGunzip({ chunkSize: 256 * 1024 });
  const source = Readable.from(compressed, { objectMode: false });
  source.once('error', (error) => gunzipped.destroy(error));
  try {
    yield* source.pipe(gunzipped);
  } catch (cause) {
    throw ociErrors.CATA_LAYER_UNREADABLE({ digest: descriptor.digest, reason: messageOf(cause) }, { cause });
  } finally {
    source.destroy();
  }
}
