import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { type ByteStream, collectBytes, streamOf } from '@catamaran/oci';
import { gunzipBytes } from '../../gunzip-bytes.ts';

const unzstdBytes = promisify(zstdDecompress);

/** The endings that Debian's archives and packages use; the first is the quickest to read here. */
export const compressions = ['.gz', '.xz'] as const;

/** All of a file, decompressed by the ending of its name; what has none of the known ones is taken as it is. */
export function decompress(fileName: string, bytes: Uint8Array): Promise<Uint8Array> | Uint8Array {
  if (fileName.endsWith('.gz')) return gunzipBytes(bytes);
  if (fileName.endsWith('.zst')) return unzstdBytes(bytes);
  return fileName.endsWith('.xz') ? collectBytes(unxz(bytes)) : bytes;
}

/** The same as a stream, for who does not need all of it in one piece. */
export async function* decompressed(fileName: string, bytes: Uint8Array): ByteStream {
  if (fileName.endsWith('.xz')) yield* unxz(bytes);
  else yield* streamOf(await decompress(fileName, bytes));
}

/** Node has no xz; liblzma compiled to WebAssembly does it on any machine. */
async function* unxz(bytes: Uint8Array): ByteStream {
  const { XzReadableStream } = (await import('xz-decompress')).default;
  yield* new XzReadableStream(ReadableStream.from([bytes]));
}
