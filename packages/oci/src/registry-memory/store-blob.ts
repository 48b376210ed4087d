import type { Answer } from './call.ts';
import { actualDigest, digestInvalid } from './names.ts';
import { createdRepository, locationOf, type RegistryState } from './registry-state.ts';
import type { Upload } from './upload.ts';

/** What has been uploaded becomes a blob of its repository. @throws Refusal when it is not what it should be */
export function storeBlob(registry: RegistryState, upload: Upload, digest: string): Answer {
  const bytes = upload.bytes();
  const actual = actualDigest(bytes, digest);
  if (actual !== digest) throw digestInvalid(digest, `what came has ${actual}`);
  createdRepository(registry, upload.repository).blobs.set(digest, bytes);
  const location = locationOf(registry, `/v2/${upload.repository}/blobs/${digest}`);
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}
