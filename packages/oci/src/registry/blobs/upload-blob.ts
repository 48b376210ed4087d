import type { Blob } from '../../content/blob.ts';
import type { Context } from '../../context/context.ts';
import { isTransient } from '../http/patience.ts';
import { pushScope, type Repository } from '../repository.ts';
import { BlobCursor } from './blob-cursor.ts';
import { headBlob } from './head-blob.ts';
import type { PartLimits } from './part-size.ts';
import { sendPart } from './send-part.ts';
import { Setbacks } from './setbacks.ts';
import { beginUpload, type UploadSession, type UploadState, uploadState } from './upload-session.ts';

export interface UploadOptions {
  readonly limits: PartLimits;
  onPosition?(positionBytes: number): void;
}

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
  await using cursor = new BlobCursor(blob, ctx.signal);
  const setbacks = new Setbacks(repository, blob, options.limits);
  let state: UploadState | undefined = begun && { session: begun, receivedBytes: 0 };
  for (;;) {
    state ??= { session: await newSession(repository, ctx), receivedBytes: 0 };
    try {
      const part = { repository, descriptor: blob.descriptor, cursor, ...options, limits: setbacks.limits };
      const next = await sendPart(part, state, ctx);
      if (!next) return;
      state = next;
      setbacks.overcome(state.receivedBytes);
    } catch (error) {
      if (ctx.signal.aborted) throw ctx.signal.reason;
      if (cursor.failure !== undefined) throw cursor.failure;
      const goOn = await setbacks.bear(error, ctx);
      // The answer may have got lost after the work was done.
      if (await headBlob(repository, blob.descriptor, ctx, pushScope(repository))) return;
      state = goOn === 'resume' ? await stateOrNothing(repository, state.session, ctx) : undefined;
      if (!state) setbacks.beginAgain(error);
    }
  }
}

async function newSession(repository: Repository, ctx: Context): Promise<UploadSession> {
  const session = await beginUpload(repository, undefined, ctx);
  if (session) return session;
  throw new Error('a registry mounts nothing that it was not asked to mount');
}

/** A registry that cannot say what it has of an upload is given a new one. */
async function stateOrNothing(
  repository: Repository,
  session: UploadSession,
  ctx: Context,
): Promise<UploadState | undefined> {
  return uploadState(repository, session, ctx).catch((error: unknown) => {
    if (isTransient(error)) return undefined;
    throw error;
  });
}
