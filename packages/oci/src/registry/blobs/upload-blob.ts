import type { Blob } from '../../content/blob.ts';
import { verified } from '../../content/verified.ts';
import type { Context } from '../../context/context.ts';
import { registryErrors } from '../errors.ts';
import { isTransient } from '../http/patience.ts';
import { refusalOf } from '../http/refusal-error.ts';
import type { Repository } from '../repository.ts';
import { BlobCursor } from './blob-cursor.ts';
import { headBlob } from './head-blob.ts';
import { type PartLimits, smallerParts } from './part-size.ts';
import { type PartUpload, sendPart } from './send-part.ts';
import { beginUpload, type UploadSession, type UploadState, uploadState } from './upload-session.ts';

export interface UploadOptions {
  readonly limits: PartLimits;
  onPosition?(positionBytes: number): void;
}

/** What a new session can mend, when it is tried once: a part that got lost, a digest of something else. */
const maxRestarts = 2;

/**
 * Sends a blob in one session, or in several where the registry forgets one. After a failure it goes on from what the
 * registry says that it has, never from what we believe to have sent.
 * @param begun a session that exists already, as a mount that was not done leaves one
 * @throws CATA_REGISTRY_…, CATA_DIGEST_MISMATCH when the bytes to be sent are not what they should be
 */
export async function uploadBlob(
  repository: Repository,
  blob: Blob,
  begun: UploadSession | undefined,
  options: UploadOptions,
  ctx: Context,
): Promise<void> {
  const { connection } = repository;
  await using cursor = new BlobCursor(blob);
  let upload: PartUpload = { repository, descriptor: blob.descriptor, cursor, ...options };
  let state: UploadState | undefined = begun && { session: begun, receivedBytes: 0 };
  let failures = 0;
  let restarts = 0;
  for (;;) {
    try {
      state ??= { session: await newSession(repository, ctx), receivedBytes: 0 };
      const next = await sendPart(upload, state, ctx);
      if (!next) return;
      if (next.receivedBytes <= state.receivedBytes) throw stuck(repository, next.receivedBytes);
      state = next;
      failures = 0;
    } catch (error) {
      if (ctx.signal.aborted) throw ctx.signal.reason;
      if (cursor.failure !== undefined) throw cursor.failure;
      const answered = refusalOf(error)?.status;
      const smaller = answered === 413 ? smallerParts(upload.limits, blob.descriptor.size) : undefined;
      if (smaller) upload = { ...upload, limits: smaller };
      else if (answered === 400 || answered === 404 || answered === 416) restarts += 1;
      else if (isTransient(error)) failures += 1;
      else throw error;
      if (restarts > maxRestarts) throw await blame(error, blob, answered);
      if (failures > 0) await connection.pause(failures, error, ctx);
      if (await headBlob(repository, blob.descriptor, ctx)) return;
      // A part that was refused for what it is leaves nothing to go on from.
      state = answered === 400 ? undefined : state && (await uploadState(repository, state.session, ctx));
    }
  }
}

async function newSession(repository: Repository, ctx: Context): Promise<UploadSession> {
  const session = await beginUpload(repository, undefined, ctx);
  if (session) return session;
  throw new Error('a registry mounts nothing that it was not asked to mount');
}

function stuck({ connection: { registry }, name }: Repository, receivedBytes: number): Error {
  const answer = `a part was taken, and it still has ${receivedBytes} bytes`;
  return registryErrors.CATA_REGISTRY_FAILED({
    registry,
    method: 'PATCH',
    path: `/v2/${name}/blobs/uploads/`,
    answer,
  });
}

/** A registry that calls the content wrong is right when it is: then it is the source's fault. */
async function blame(error: unknown, blob: Blob, status: number | undefined): Promise<unknown> {
  if (status !== 400) return error;
  try {
    for await (const _ of verified(
      blob.open(),
      blob.descriptor,
      `The blob ${blob.descriptor.digest} to be pushed`,
    ));
    return error;
  } catch (mismatch) {
    return mismatch;
  }
}
