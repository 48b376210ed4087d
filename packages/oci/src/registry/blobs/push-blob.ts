import type { Blob } from '../../content/blob.ts';
import { transferStep } from '../../content/transfer-step.ts';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Digest } from '../../model/digest.ts';
import { isTransient } from '../http/patience.ts';
import { pushScope, type Repository } from '../repository.ts';
import type { BlobOrigins } from './blob-origins.ts';
import { headBlob } from './head-blob.ts';
import type { PartLimits } from './part-size.ts';
import { uploadBlob } from './upload-blob.ts';
import { beginUpload, type UploadSession } from './upload-session.ts';

export interface PushBlobOptions {
  readonly limits: PartLimits;
  readonly origins: BlobOrigins | undefined;
}

/** Each costs a request: more than this, and sending a small blob would be faster. */
const maxMountAttempts = 2;

/** Sees to it that a repository has a blob: it may be there, be taken from another repository, or be sent. */
export async function pushBlob(
  repository: Repository,
  blob: Blob,
  options: PushBlobOptions,
  ctx: Context,
): Promise<void> {
  const { registry } = repository.connection;
  const { digest, size } = blob.descriptor;
  const done = async (how: 'sent' | 'mounted' | 'present') => {
    ctx.emit({ type: 'blob.pushed', registry, digest, how, sentBytes: how === 'sent' ? size : 0 });
    await options.origins?.add(registry, digest, repository.name);
  };
  // With the scope that sending will need: one token for both.
  if (await headBlob(repository, blob.descriptor, ctx, pushScope(repository))) return done('present');
  const session = await tryMount(repository, blob, options.origins, ctx);
  if (session === 'mounted') return done('mounted');
  await transferStep('Send', `to ${registry}/${repository.name}`, blob, ctx, (onPosition) =>
    uploadBlob(repository, blob, session, { limits: options.limits, onPosition }, ctx),
  );
  return done('sent');
}

/** @returns the session that a registry begins when it does not mount, to be used for sending */
async function tryMount(
  repository: Repository,
  { descriptor: { digest }, origin }: Blob,
  origins: BlobOrigins | undefined,
  ctx: Context,
): Promise<UploadSession | 'mounted' | undefined> {
  const { registry } = repository.connection;
  const known = (await origins?.find(registry, digest)) ?? [];
  const candidates = [...(origin?.registry === registry ? [origin.repository] : []), ...known];
  let session: UploadSession | undefined;
  for (const from of [...new Set(candidates)].slice(0, maxMountAttempts)) {
    if (from === repository.name) continue;
    const begun = await beginMount(repository, { digest, from }, ctx);
    if (begun === 'mounted') return begun;
    session = begun ?? session;
  }
  return session;
}

/**
 * A mount is a favour. Whoever may not read the other repository, or asks a registry that knows no mounts, is answered
 * with 400, 401, 403, 404 or 405: then the blob is sent.
 */
async function beginMount(
  repository: Repository,
  mount: { readonly digest: Digest; readonly from: string },
  ctx: Context,
): Promise<UploadSession | 'mounted' | undefined> {
  try {
    return (await beginUpload(repository, mount, ctx)) ?? 'mounted';
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof CatamaranError) || isTransient(error)) throw error;
    return undefined;
  }
}
