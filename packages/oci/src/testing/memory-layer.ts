import { gzipMember } from '../gzip/gzip-member.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { type ByteStream, streamOf } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { endOfTar, writeTarEntries } from '../tar/write-tar.ts';

/** A whole archive. */
export function tarOf(...entries: readonly TarEntry[]): Uint8Array {
  return Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
}

/** A stream that comes in these pieces. */
export async function* piecesOf(...pieces: readonly Uint8Array[]): ByteStream {
  yield* pieces;
}

/** A gzip-compressed layer in memory. */
export async function layerOf(...entries: readonly TarEntry[]): Promise<Layer> {
  const tar = tarOf(...entries);
  return memoryLayer(await gzipMember(tar), tar);
}

/** A layer whose blob need not be what it says it is. */
export function memoryLayer(
  blob: Uint8Array,
  tar: Uint8Array,
  mediaType: string = mediaTypes.layerGzip,
): Layer {
  return blobLayer({
    descriptor: { mediaType, digest: digestOf(blob), size: blob.byteLength },
    diffId: digestOf(tar),
    open: () => streamOf(blob),
  });
}
