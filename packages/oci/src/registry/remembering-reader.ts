import type { ContentReader } from '../content/content-reader.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Digest } from '../model/digest.ts';
import type { Manifest } from '../model/manifest.ts';
import { isManifestType } from '../model/media-types.ts';
import { parseManifest } from '../model/parse-manifest.ts';
import type { BlobOrigins } from './blobs/blob-origins.ts';

/**
 * The same reader, which remembers that its repository has what the manifests name that are read: blobs can then be
 * mounted from there, also by who has them from somewhere else.
 */
export function rememberingReader(reader: ContentReader, origins: BlobOrigins): ContentReader {
  const { origin } = reader;
  if (!origin) return reader;
  return {
    ...reader,
    async *openManifest(descriptor) {
      const bytes = await collectBytes(reader.openManifest(descriptor));
      for (const digest of blobsNamedBy(bytes, descriptor.mediaType)) {
        await origins.add(origin.registry, digest, origin.repository);
      }
      yield bytes;
    },
  };
}

/** Whoever asked for it says what is wrong with it. */
function blobsNamedBy(bytes: Uint8Array, mediaType: string): readonly Digest[] {
  if (!isManifestType(mediaType)) return [];
  try {
    const { config, layers } = parseManifest(bytes, mediaType, 'The manifest').value as Manifest;
    return [config, ...layers].map(({ digest }) => digest);
  } catch {
    return [];
  }
}
