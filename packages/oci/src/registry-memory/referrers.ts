import { mediaTypes } from '../model/media-types.ts';
import type { Answer, Call } from './call.ts';
import { type ManifestDocument, readManifest } from './manifest-document.ts';
import type { StoredManifest } from './memory-registry.ts';
import { checkDigest } from './names.ts';
import { notFound } from './not-found.ts';
import { repositoryOf } from './registry-state.ts';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers */
export function listReferrers({ registry, name, reference, url }: Call): Answer {
  if (registry.quirks.noReferrers) return notFound();
  const subject = checkDigest(reference);
  const artifactType = url.searchParams.get('artifactType');
  const found = [...repositoryOf(registry, name).manifests].flatMap(([digest, manifest]) => {
    const document = readable(manifest);
    if (document?.subject !== subject) return [];
    if (artifactType !== null && document.artifactType !== artifactType) return [];
    return [described(digest, manifest, document)];
  });
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: found };
  const filtered = artifactType === null ? {} : { 'oci-filters-applied': 'artifactType' };
  const headers = { 'content-type': mediaTypes.index, ...filtered };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(index)) };
}

function described(digest: string, { mediaType, bytes }: StoredManifest, document: ManifestDocument) {
  const { artifactType, annotations } = document;
  return {
    mediaType,
    size: bytes.byteLength,
    digest,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** What was planted may be anything. */
function readable(manifest: StoredManifest): ManifestDocument | undefined {
  try {
    return readManifest(manifest);
  } catch {
    return undefined;
  }
}
