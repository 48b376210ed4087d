import { ociErrors } from '../errors/errors.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { Digester } from '../model/digest.ts';

/**
 * Passes a blob's bytes on and ends well only when they have the descriptor's size and digest. What is too long is
 * refused at the first byte too many: the sender may have no end in mind.
 * @throws CATA_SIZE_MISMATCH, CATA_DIGEST_MISMATCH
 */
export async function* verified(stream: ByteStream, descriptor: Descriptor, subject: string): ByteStream {
  const digester = new Digester();
  for await (const chunk of withinSize(stream, descriptor.size, subject)) {
    digester.update(chunk);
    yield chunk;
  }
  const actual = digester.digest();
  if (actual !== descriptor.digest) {
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual, expected: descriptor.digest });
  }
}

/** @throws CATA_SIZE_MISMATCH when there are more bytes than that, or fewer */
async function* withinSize(stream: ByteStream, sizeBytes: number, subject: string): ByteStream {
  let passedBytes = 0;
  for await (const chunk of stream) {
    passedBytes += chunk.byteLength;
    if (passedBytes > sizeBytes) {
      throw ociErrors.CATA_SIZE_MISMATCH({ subject, actual: `more than ${sizeBytes}`, expected: sizeBytes });
    }
    yield chunk;
  }
  if (passedBytes !== sizeBytes) {
    throw ociErrors.CATA_SIZE_MISMATCH({ subject, actual: passedBytes, expected: sizeBytes });
  }
}
