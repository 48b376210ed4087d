import type { ArchiveEntry } from '../archive/archive-entries.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import { type Compression, compressionOf } from '../archive/compression.ts';
import { archiveInvalid } from '../archive/open-file.ts';
import { ociErrors } from '../errors/errors.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { decompressed } from '../layer/decompressed.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { type Digest, Digester } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';

/** A layer in an archive of Docker's, and where it lies. */
export interface SavedLayer {
  readonly descriptor: Descriptor;
  readonly entry: ArchiveEntry;
}

const compressedTypes: Readonly<Partial<Record<Compression, string>>> = {
  gzip: mediaTypes.layerGzip,
  zstd: mediaTypes.layerZstd,
};

/**
 * Describes a layer. Docker's own are plain, and then the diff ID is the digest, which is verified whenever the
 * layer is read. Others write compressed ones, of which no digest is known: those are read through here.
 * @throws CATA_ARCHIVE_INVALID, CATA_DIGEST_MISMATCH, CATA_LAYER_UNREADABLE, CATA_LAYER_BOMB
 */
export async function describeLayer(
  path: string,
  diffId: Digest,
  archive: ArchiveFile,
  signal: AbortSignal,
): Promise<SavedLayer> {
  const entry = archive.find(path);
  const compression = await compressionIn(archive.open(entry));
  if (!compression) {
    return { descriptor: { mediaType: mediaTypes.layerTar, digest: diffId, size: entry.sizeBytes }, entry };
  }
  const mediaType = compressedTypes[compression];
  if (!mediaType) {
    throw archiveInvalid(archive.path, `the layer "${path}" is compressed with ${compression}`);
  }
  const expected = { mediaType, digest: diffId, size: entry.sizeBytes };
  const found = await digests(archive.open(entry), expected, signal);
  if (found.sizeBytes !== entry.sizeBytes) {
    throw archiveInvalid(archive.path, `there is something else behind the layer in "${path}"`);
  }
  if (found.diffId !== diffId) {
    const subject = `The layer "${path}" in the archive "${archive.path}"`;
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: found.diffId, expected: diffId });
  }
  return { descriptor: { ...expected, digest: found.digest }, entry };
}

async function compressionIn(stream: ByteStream): Promise<Compression | undefined> {
  for await (const chunk of stream) return compressionOf(chunk);
  return undefined;
}

/** The digest of a compressed stream and of what is in it, in one pass. */
async function digests(stream: ByteStream, descriptor: Descriptor, signal: AbortSignal) {
  const outer = new Digester();
  const inner = new Digester();
  const counted = async function* () {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      outer.update(chunk);
      yield chunk;
    }
  };
  for await (const chunk of decompressed(counted(), descriptor)) {
    signal.throwIfAborted();
    inner.update(chunk);
  }
  return { diffId: inner.digest(), sizeBytes: outer.sizeBytes, digest: outer.digest() };
}
