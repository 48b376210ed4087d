import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { collectBytes } from '@catamaran/oci';
import { gunzipBytes } from '../../gunzip-bytes.ts';

const unzstdBytes = promisify(zstdDecompress);

/** The endings that Debian's archives and packages use; the first is the quickest to read here. */
export const compressions = ['.gz', '.xz'] as const;

/** Decompresses by the ending of the file's name; what has none of the known ones is taken as it is. */
export function decompress(fileName: string, bytes: Uint8Array): Promise<Uint8Array> | Uint8Array {
  if (fileName.endsWith('.gz')) return gunzipBytes(bytes);
  if (fileName.endsWith('.zst')) return unzstdBytes(bytes);
  return fileName.endsWith('.xz') ? decompressXz(bytes) : bytes;
}

/** Node has no xz; liblzma compiled to WebAssembly does it on any machine. */
async function decompressXz(bytes: Uint8Array): Promise<Uint8Array> {
  const { XzReadableStream } = (await import('xz-decompress')).default;
  return collectBytes(new XzReadableStream(new Blob([Buffer.from(bytes)]).stream()));
}
