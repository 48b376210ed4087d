import type { Answer, Call } from './call.ts';
import { Refusal } from './refusal.ts';
import { createdRepository, locationOf, type RegistryState } from './registry-state.ts';
import { Upload } from './upload.ts';

/** Begins a session. */
export function openUpload(registry: RegistryState, name: string): Upload {
  createdRepository(registry, name);
  const upload = new Upload(sessionId(registry.nextNumber()), name);
  registry.uploads.set(upload.id, upload);
  return upload;
}

/** A UUID, as the specification wants it. */
function sessionId(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/**
 * The session that a request is for.
 * @throws Refusal when there is none, or the address is not one that was given out for it
 */
export function uploadOf({ registry, name, reference, url }: Call): Upload {
  const upload = registry.uploads.get(reference);
  if (!upload || upload.repository !== name) {
    throw new Refusal(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  }
  if (!upload.states.has(url.searchParams.get('_state') ?? '')) {
    throw new Refusal(
      400,
      'BLOB_UPLOAD_INVALID',
      'the address is not the one of Location: _state is missing',
    );
  }
  return upload;
}

/** Where to go on, and what has arrived. "0-0" is said of nothing as well as of one byte. */
export function uploadHeaders(registry: RegistryState, upload: Upload): Readonly<Record<string, string>> {
  // Base64 has characters that do not survive when an address is put together carelessly.
  const state = Buffer.from(`${upload.id}>${upload.sizeBytes}?`).toString('base64');
  upload.states.add(state);
  const path = `/v2/${upload.repository}/blobs/uploads/${upload.id}?${new URLSearchParams({ _state: state })}`;
  return {
    location: locationOf(registry, path),
    range: `0-${Math.max(0, upload.sizeBytes - 1)}`,
    'docker-upload-uuid': upload.id,
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks, "the current status" */
export function getUpload(call: Call): Answer {
  return { status: 204, headers: uploadHeaders(call.registry, uploadOf(call)) };
}

/** Gives the upload up. */
export function deleteUpload(call: Call): Answer {
  call.registry.uploads.delete(uploadOf(call).id);
  return { status: 204, headers: {} };
}
