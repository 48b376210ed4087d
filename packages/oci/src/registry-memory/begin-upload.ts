import type { Answer, Call } from './call.ts';
import { checkDigest } from './names.ts';
import { minPartBytes, receivePart } from './receive-part.ts';
import { createdRepository, locationOf, type RegistryState, repositoryOf } from './registry-state.ts';
import { storeBlob } from './store-blob.ts';
import { openUpload, uploadHeaders } from './upload-session.ts';

/** POST: an upload begins, or is all done at once, or is not needed. */
export async function beginUpload(call: Call): Promise<Answer> {
  const { registry, name, url } = call;
  // To be refused where the repository has to be created.
  repositoryOf(registry, name);
  const mount = url.searchParams.get('mount');
  if (mount !== null) {
    const mounted = mountBlob(call, checkDigest(mount));
    if (mounted) return mounted;
  }
  const digest = url.searchParams.get('digest');
  if (mount === null && digest !== null) return uploadAtOnce(call, checkDigest(digest));
  const upload = openUpload(registry, name);
  const least = minPartBytes(registry.quirks);
  const told = least > 0 && !registry.quirks.ecr ? { 'oci-chunk-min-length': String(least) } : {};
  return { status: 202, headers: { ...uploadHeaders(registry, upload), ...told } };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#single-post */
async function uploadAtOnce(call: Call, digest: string): Promise<Answer> {
  const { registry, name } = call;
  const upload = openUpload(registry, name);
  try {
    await receivePart(upload, call.body, registry.quirks);
    return storeBlob(registry, upload, digest);
  } finally {
    registry.uploads.delete(upload.id);
  }
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository */
function mountBlob({ registry, name, url }: Call, digest: string): Answer | undefined {
  if (registry.quirks.noMount || registry.quirks.ecr) return undefined;
  const from = url.searchParams.get('from');
  const bytes = from === null ? anywhere(registry, digest) : blobOf(registry, from, digest);
  if (!bytes) return undefined;
  createdRepository(registry, name).blobs.set(digest, bytes);
  const location = locationOf(registry, `/v2/${name}/blobs/${digest}`);
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}

function blobOf({ repositories }: RegistryState, name: string, digest: string): Uint8Array | undefined {
  return repositories.get(name)?.blobs.get(digest);
}

function anywhere({ repositories }: RegistryState, digest: string): Uint8Array | undefined {
  return [...repositories.values()].find(({ blobs }) => blobs.has(digest))?.blobs.get(digest);
}
