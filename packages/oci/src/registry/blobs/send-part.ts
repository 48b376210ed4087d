import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { ByteStream } from '../../layer/byte-stream.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import { drain } from '../http/transport.ts';
import { pushScope, type Repository } from '../repository.ts';
import type { BlobCursor } from './blob-cursor.ts';
import { nextPartBytes, type PartLimits } from './part-size.ts';
import { sessionOf, type UploadState } from './upload-session.ts';

export interface PartUpload {
  readonly repository: Repository;
  readonly descriptor: Descriptor;
  readonly cursor: BlobCursor;
  readonly limits: PartLimits;
  onPosition?(positionBytes: number): void;
}

/** Some registries put gigabytes of parts together, and hash them, before they answer. */
const closingTimeoutMs = 15 * 60_000;

/**
 * Sends what comes next: all of a blob that fits into one part, another part of a larger one, or, when all is there,
 * the request that closes the upload.
 * @returns where to go on; undefined when the registry has the blob
 */
export function sendPart(
  upload: PartUpload,
  state: UploadState,
  ctx: Context,
): Promise<UploadState | undefined> {
  const leftBytes = upload.descriptor.size - state.receivedBytes;
  const isWhole = state.receivedBytes === 0 && leftBytes <= upload.limits.maxBytes;
  return leftBytes <= 0 || isWhole ? closeUpload(upload, state, ctx) : sendChunk(upload, state, ctx);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks */
async function sendChunk(
  upload: PartUpload,
  { session, receivedBytes }: UploadState,
  ctx: Context,
): Promise<UploadState> {
  const { repository, descriptor, limits } = upload;
  const partBytes = nextPartBytes(descriptor.size - receivedBytes, limits, session.minPartBytes);
  const endBytes = receivedBytes + partBytes;
  const answer = await repository.connection.request(
    {
      method: 'PATCH',
      target: session.location,
      scopes: pushScope(repository),
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(partBytes),
        'content-range': `${receivedBytes}-${endBytes - 1}`,
      },
      body: () => bodyOf(upload, receivedBytes, partBytes),
      // ECR has 201 for it.
      expected: [202, 201],
      retry: false,
    },
    ctx,
  );
  await drain(answer.body);
  // What was answered with success has arrived, whatever the answer's Range says: ECR's stays where the first part
  // ended. A registry that has less says so when the next part comes (416).
  return { session: sessionOf(answer, session, repository), receivedBytes: endBytes };
}

/** "PUT <location>?digest=<digest>", with the whole blob as its body when nothing has been sent before. */
async function closeUpload(
  upload: PartUpload,
  { session, receivedBytes }: UploadState,
  ctx: Context,
): Promise<undefined> {
  const { repository, descriptor } = upload;
  const target = new URL(session.location);
  target.searchParams.set('digest', descriptor.digest);
  const leftBytes = Math.max(0, descriptor.size - receivedBytes);
  const answer = await repository.connection.request(
    {
      method: 'PUT',
      target,
      scopes: pushScope(repository),
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(leftBytes) },
      ...(leftBytes > 0 ? { body: () => bodyOf(upload, receivedBytes, leftBytes) } : {}),
      expected: [201],
      retry: false,
      answerTimeoutMs: closingTimeoutMs,
    },
    ctx,
  );
  await drain(answer.body);
  const stored = announcedDigest(answer);
  if (stored !== undefined && stored !== descriptor.digest) {
    const subject = `What ${repository.connection.registry} stored`;
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: stored, expected: descriptor.digest });
  }
}

async function* bodyOf(
  { cursor, onPosition }: PartUpload,
  startBytes: number,
  sizeBytes: number,
): ByteStream {
  let atBytes = startBytes;
  onPosition?.(atBytes);
  for await (const chunk of cursor.read(startBytes, sizeBytes)) {
    yield chunk;
    atBytes += chunk.byteLength;
    onPosition?.(atBytes);
  }
}
