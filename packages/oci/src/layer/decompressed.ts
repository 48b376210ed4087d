import { Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { ByteStream } from './byte-stream.ts';
import { piecesOf } from './pieces-of.ts';

/**
 * What no honest layer does: grow beyond a gigabyte and to more than 200 times its compressed size. File systems
 * compress 3 to 10 times; a file of nothing but zeros, 1,000 times by gzip.
 */
const suspiciousBytes = 1024 ** 3;
const suspiciousGrowth = 200;
/** How far the decompressor may be ahead of who reads. */
const maxAheadBytes = 2 * 1024 * 1024;

/**
 * The tar archive in a layer's blob, compressed as its media type says.
 * @throws CATA_LAYER_UNREADABLE, CATA_LAYER_BOMB, and what the blob's own stream throws
 */
export async function* decompressed(blob: ByteStream, descriptor: Descriptor): ByteStream {
  const decompressor = decompressorFor(descriptor.mediaType);
  if (!decompressor) {
    yield* blob;
    return;
  }
  const source = Readable.from(blob, { objectMode: false });
  source.once('error', (error) => decompressor.destroy(error));
  try {
    yield* limited(piecesOf(source.pipe(decompressor), maxAheadBytes), descriptor);
  } catch (cause) {
    if (cause instanceof CatamaranError) throw cause;
    throw ociErrors.CATA_LAYER_UNREADABLE({ digest: descriptor.digest, reason: messageOf(cause) }, { cause });
  } finally {
    source.destroy();
    decompressor.destroy();
  }
}

function decompressorFor(mediaType: string): Transform | undefined {
  // It goes on in its thread while what it has made is looked at.
  const options = { chunkSize: 256 * 1024, highWaterMark: 512 * 1024 };
  if (/[+.]gzip$/.test(mediaType)) return createGunzip(options);
  if (/[+.]zstd$/.test(mediaType)) return createZstdDecompress(options);
  return undefined;
}

async function* limited(stream: ByteStream, { digest, size }: Descriptor): ByteStream {
  let grownBytes = 0;
  for await (const chunk of stream) {
    grownBytes += chunk.byteLength;
    if (grownBytes > suspiciousBytes && grownBytes > size * suspiciousGrowth) {
      throw ociErrors.CATA_LAYER_BOMB({ digest, sizeBytes: size, grownBytes });
    }
    yield chunk;
  }
}
