import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteStream } from '@catamaran/oci';

/** What is in a gzip file, as it comes. Lets go of the source when the reader has had enough. */
export async function* gunzipStream(compressed: ByteStream): ByteStream {
  const source = Readable.from(compressed, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.once('error', (error) => gunzip.destroy(error));
  // Whoever reads hears of it; until somebody does, an error would be the process's end.
  gunzip.on('error', () => {});
  try {
    yield* source.pipe(gunzip);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
