import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** All of a gzip file at once, off the main thread. */
export const gunzipBytes: (compressed: Uint8Array) => Promise<Uint8Array> = promisify(gunzip);
