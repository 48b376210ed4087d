import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const gunzipAll = promisify(gunzip);
/** Node's own 16 KiB make 3,000 chunks of a list of Debian's packages. */
const leastChunkBytes = 256 * 1024;
/** A file that claims more is decompressed in several chunks. */
const mostChunkBytes = 128 * 1024 * 1024;

/** All of a gzip file at once, off the main thread. */
export function gunzipBytes(compressed: Uint8Array): Promise<Uint8Array> {
  const chunkSize = Math.min(mostChunkBytes, Math.max(leastChunkBytes, claimedBytes(compressed) + 1));
  return gunzipAll(compressed, { chunkSize });
}

/** "The size of the original input data modulo 2^32", RFC 1952 § 2.3.1: then it fits into one chunk. */
function claimedBytes(compressed: Uint8Array): number {
  const { buffer, byteOffset, byteLength } = compressed;
  return byteLength < 18 ? 0 : new DataView(buffer, byteOffset, byteLength).getUint32(byteLength - 4, true);
}
