import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const gunzipAll = promisify(gunzip);
/** Node's own 16 KiB make 3,000 chunks of a list of Debian's packages. */
const chunkSize = 256 * 1024;

/** All of a gzip file at once, off the main thread. */
export function gunzipBytes(compressed: Uint8Array): Promise<Uint8Array> {
  return gunzipAll(compressed, { chunkSize });
}
