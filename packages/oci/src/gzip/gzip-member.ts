import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/**
 * RFC 1952 § 2.3: deflate, no flags, no time, no extra flags, OS unknown. Node's own header would name the
 * operating system that it runs on, and the digest with it.
 */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/**
 * One complete gzip member. A gzip file is any number of them, one after the other (RFC 1952 § 2.2), so
 * members can be made apart, in parallel, and kept.
 */
export async function gzipMember(uncompressed: Uint8Array): Promise<Uint8Array> {
  const deflated = await deflate(uncompressed, { level: 6, chunkSize: 256 * 1024 });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(uncompressed), 0);
  trailer.writeUInt32LE(uncompressed.byteLength % 2 ** 32, 4);
  return Buffer.concat([header, deflated, trailer]);
}
