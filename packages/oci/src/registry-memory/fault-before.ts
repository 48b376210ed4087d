import { setTimeout as delay } from 'node:timers/promises';
import { challengeFor } from './authorization.ts';
import type { Fault } from './fault.ts';
import { Refusal } from './refusal.ts';
import type { RegistryState } from './registry-state.ts';
import { type Arrival, destinationOf, entryOf } from './serve-call.ts';

const codes: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  413: 'SIZE_INVALID',
  416: 'BLOB_UPLOAD_INVALID',
  429: 'TOOMANYREQUESTS',
};

/** What a fault does before a request is served. @throws Refusal when it is not served at all */
export async function faultBefore(
  fault: Fault | undefined,
  registry: RegistryState,
  arrival: Omit<Arrival, 'body'>,
): Promise<void> {
  if (fault?.kind === 'slow') await delay(fault.delayMs, undefined, { ref: false });
  if (fault?.kind === 'status') throw refusalFor(fault, registry, arrival);
  const uploadId = /\/blobs\/uploads\/([^/]+)$/.exec(arrival.url.pathname)?.[1];
  const upload = uploadId === undefined ? undefined : registry.uploads.get(uploadId);
  if (!upload) return;
  if (fault?.kind === 'lose-upload') registry.uploads.delete(upload.id);
  if (fault?.kind === 'forget-part') upload.truncate(Math.max(0, upload.sizeBytes - fault.bytes));
}

function refusalFor(
  { status, code, retryAfterSeconds }: Fault & { kind: 'status' },
  registry: RegistryState,
  arrival: Omit<Arrival, 'body'>,
): Refusal {
  const destination = destinationOf(arrival.url);
  const challenge = status === 401 ? challengeFor(registry, entryOf(arrival, destination)) : undefined;
  const usual = status === 404 ? codeOfMissing(arrival.url.pathname) : (codes[status] ?? 'UNKNOWN');
  return new Refusal(status, code ?? usual, 'a fault that was planned', {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
  });
}

function codeOfMissing(path: string): string {
  if (/\/blobs\/uploads\/[^/]+$/.test(path)) return 'BLOB_UPLOAD_UNKNOWN';
  if (/\/blobs\/[^/]+$/.test(path)) return 'BLOB_UNKNOWN';
  return /\/manifests\/[^/]+$/.test(path) ? 'MANIFEST_UNKNOWN' : 'NAME_UNKNOWN';
}
