import { byteRange } from './byte-range.ts';
import type { Answer, Call } from './call.ts';
import { checkDigest } from './names.ts';
import { Refusal } from './refusal.ts';
import { repositoryOf } from './registry-state.ts';

/** GET and HEAD. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs */
export function getBlob(call: Call): Answer {
  const { digest, bytes } = existingBlob(call);
  const { redirectBlobsTo } = call.registry.quirks;
  if (redirectBlobsTo !== undefined && call.method === 'GET') {
    return { status: 307, headers: { location: `${redirectBlobsTo}${call.url.pathname}${call.url.search}` } };
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
  };
  const range = call.method === 'GET' ? byteRange(call.headers.range, bytes.byteLength) : undefined;
  if (!range) return { status: 200, headers, body: bytes };
  const part = `bytes ${range.first}-${range.last}/${bytes.byteLength}`;
  const body = bytes.subarray(range.first, range.last + 1);
  return { status: 206, headers: { ...headers, 'content-range': part }, body };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-blobs */
export function deleteBlob(call: Call): Answer {
  const { digest } = existingBlob(call);
  repositoryOf(call.registry, call.name).blobs.delete(digest);
  return { status: 202, headers: {} };
}

function existingBlob({ registry, name, reference }: Call): {
  readonly digest: string;
  readonly bytes: Uint8Array;
} {
  const digest = checkDigest(reference);
  const bytes = repositoryOf(registry, name).blobs.get(digest);
  if (bytes) return { digest, bytes };
  throw new Refusal(404, [{ code: 'BLOB_UNKNOWN', message: 'blob unknown to registry', detail: { digest } }]);
}
