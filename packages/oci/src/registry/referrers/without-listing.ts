import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Digest } from '../../model/digest.ts';
import { registryErrors } from '../errors.ts';
import { isTransient } from '../http/patience.ts';
import type { Repository } from '../repository.ts';
import { addToReferrersTag, removeFromReferrersTag } from './change-referrers-tag.ts';
import { hasReferrersApi } from './referrers-api.ts';
import { referrersTag } from './referrers-tag.ts';

/**
 * Deletes what refers to a subject, and takes it out of the list first, where the registry keeps none: there are
 * registries that take no list that names what is not there, and who is interrupted can simply delete it again.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-manifests
 * @throws CATA_REFERRER_STILL_LISTED when it is deleted, and the list could not be changed
 */
export async function withoutListing(
  repository: Repository,
  subject: Digest,
  referrer: ManifestContent,
  remove: () => Promise<void>,
  ctx: Context,
): Promise<void> {
  const outcome = await unlist(repository, subject, referrer.descriptor.digest, ctx);
  try {
    await remove();
  } catch (error) {
    // Where nobody knows whether it is there, the entry stays away: deleted again, it is gone; pushed again, listed.
    if (outcome === 'unlisted' && isLeftThere(error))
      await addToReferrersTag(repository, subject, referrer, ctx);
    throw error;
  }
  if (!(outcome instanceof CatamaranError)) return;
  throw registryErrors.CATA_REFERRER_STILL_LISTED(
    {
      registry: repository.connection.registry,
      repository: repository.name,
      digest: referrer.descriptor.digest,
      tag: referrersTag(subject),
      reason: outcome.message,
    },
    { cause: outcome },
  );
}

/** An error that is given back does not stand in the way of deleting: there may be no right to push. */
async function unlist(
  repository: Repository,
  subject: Digest,
  deleted: Digest,
  ctx: Context,
): Promise<'unlisted' | 'not listed' | CatamaranError> {
  try {
    if (await hasReferrersApi(repository, subject, ctx)) return 'not listed';
    const isChanged = await removeFromReferrersTag(repository, subject, deleted, ctx);
    return isChanged ? 'unlisted' : 'not listed';
  } catch (error) {
    if (error instanceof CatamaranError && !isTransient(error)) return error;
    throw error;
  }
}

function isLeftThere(error: unknown): boolean {
  return error instanceof CatamaranError && !isTransient(error) && error.code !== 'CATA_MANIFEST_NOT_FOUND';
}
