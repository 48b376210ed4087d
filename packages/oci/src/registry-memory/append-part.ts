import type { Answer, Call } from './call.ts';
import { receivePart } from './receive-part.ts';
import { Refusal } from './refusal.ts';
import type { Upload } from './upload.ts';
import { uploadHeaders, uploadOf } from './upload-session.ts';

const ecrMaxPartBytes = 10 * 1024 * 1024;

/** PATCH: with Content-Range a part, without it all that there is, as Docker streams it. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks */
export async function appendPart(call: Call): Promise<Answer> {
  const upload = uploadOf(call);
  const { quirks } = call.registry;
  const sizeBytes = partBytes(call, upload);
  if (quirks.ecr && sizeBytes !== undefined && sizeBytes > ecrMaxPartBytes) {
    throw new Refusal(400, 'SIZE_INVALID', 'Layer parts should have at most 10485760 bytes');
  }
  await receiveExactly(call, upload, sizeBytes);
  upload.firstPartBytes ??= upload.sizeBytes;
  const headers = uploadHeaders(call.registry, upload);
  // Its Range stays where the first part ended, though what came is there (aws/containers-roadmap#2831).
  if (quirks.ecr) return { status: 201, headers: { ...headers, range: `0-${upload.firstPartBytes - 1}` } };
  return { status: 202, headers };
}

/** @throws Refusal when the body is not as long as its range; then nothing of it is kept */
export async function receiveExactly(
  { body, registry }: Call,
  upload: Upload,
  sizeBytes: number | undefined,
): Promise<void> {
  const startBytes = upload.sizeBytes;
  await receivePart(upload, body, registry.quirks);
  if (sizeBytes === undefined || upload.sizeBytes - startBytes === sizeBytes) return;
  upload.truncate(startBytes);
  throw new Refusal(400, 'SIZE_INVALID', 'the body is not as long as Content-Range says');
}

/**
 * How long the part is by its Content-Range; undefined without one.
 * @throws Refusal when it does not begin where the upload has arrived
 */
export function partBytes({ registry, headers }: Call, upload: Upload): number | undefined {
  const range = headers['content-range'];
  if (range === undefined) return undefined;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  const isNext = Number(first) === upload.sizeBytes && Number(last) >= Number(first);
  if (first !== undefined && isNext) return Number(last) - Number(first) + 1;
  throw new Refusal(
    416,
    'BLOB_UPLOAD_INVALID',
    `the next part begins at ${upload.sizeBytes}`,
    uploadHeaders(registry, upload),
  );
}
