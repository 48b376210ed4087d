import type { Answer, Call } from './call.ts';
import type { StoredManifest } from './memory-registry.ts';
import { checkDigest, isDigest } from './names.ts';
import { Refusal } from './refusal.ts';
import { repositoryOf } from './registry-state.ts';

/** GET and HEAD. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
export function getManifest(call: Call): Answer {
  const { digest, manifest } = existingManifest(call);
  const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest };
  return { status: 200, headers, body: manifest.bytes };
}

/** A tag alone, or a manifest with all its tags. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-tags */
export function deleteManifest(call: Call): Answer {
  const { registry, name, reference } = call;
  const { manifests, tags } = repositoryOf(registry, name);
  if (!isDigest(reference) && registry.quirks.noTagDelete) {
    throw new Refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  const { digest } = existingManifest(call);
  if (isDigest(reference)) {
    manifests.delete(digest);
    for (const [tag, tagged] of [...tags]) if (tagged === digest) tags.delete(tag);
  } else tags.delete(reference);
  return { status: 202, headers: {} };
}

function existingManifest({ registry, name, reference }: Call): {
  readonly digest: string;
  readonly manifest: StoredManifest;
} {
  const { manifests, tags } = repositoryOf(registry, name);
  const digest = isDigest(reference) ? checkDigest(reference) : tags.get(reference);
  const manifest = digest === undefined ? undefined : manifests.get(digest);
  if (digest !== undefined && manifest) return { digest, manifest };
  const detail = { name, reference };
  throw new Refusal(404, [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown to registry', detail }]);
}
