import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Digest } from '../../model/digest.ts';
import type { Reference } from '../../model/reference.ts';
import { registryErrors } from '../errors.ts';
import { isTransient } from '../http/patience.ts';
import { refusalOf } from '../http/refusal-error.ts';
import { subjectOf } from '../referrers/subject-of.ts';
import { withoutListing } from '../referrers/without-listing.ts';
import type { Repository } from '../repository.ts';
import { type FoundManifest, getManifest } from './get-manifest.ts';
import { headManifest } from './head-manifest.ts';
import { sendDelete } from './send-delete.ts';

/** What registries answer with that cannot do it, or are not to. */
const unsupported = new Set([400, 405, 501]);

/**
 * Deletes a tag, or, by digest, a manifest with all its tags. What refers to another image is taken out of the list of
 * what does so, where the registry keeps none.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#content-management
 * @throws CATA_REGISTRY_DELETE_BY_DIGEST, CATA_REGISTRY_DELETE_DISABLED, CATA_MANIFEST_NOT_FOUND, CATA_REFERRER_STILL_LISTED,
 * CATA_REGISTRY_…
 */
export async function deleteManifest(
  repository: Repository,
  { tag, digest }: Reference,
  ctx: Context,
): Promise<void> {
  const remove = () => deleteNamed(repository, digest ?? tag ?? 'latest', digest, ctx);
  const found = digest === undefined ? undefined : await findPullable(repository, digest, ctx);
  const subject = found && subjectOf(found.bytes);
  if (!found || subject === undefined) await remove();
  else await withoutListing(repository, subject, found, remove, ctx);
}

async function deleteNamed(
  repository: Repository,
  name: string,
  digest: Digest | undefined,
  ctx: Context,
): Promise<void> {
  const { registry } = repository.connection;
  try {
    await sendDelete(repository, `manifests/${name}`, ctx);
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (!refusal || !unsupported.has(refusal.status)) throw cause;
    const standsFor = digest ? undefined : await headManifest(repository, name, ctx);
    const answer = refusal.text;
    if (standsFor === undefined)
      throw registryErrors.CATA_REGISTRY_DELETE_DISABLED({ registry, answer }, { cause });
    throw registryErrors.CATA_REGISTRY_DELETE_BY_DIGEST(
      { registry, repository: repository.name, digest: standsFor, answer },
      { cause },
    );
  }
}

/** Undefined for what cannot be pulled: nothing is known of it, and it may be deleted all the same. */
async function findPullable(
  repository: Repository,
  digest: Digest,
  ctx: Context,
): Promise<FoundManifest | undefined> {
  try {
    return await getManifest(repository, digest, ctx);
  } catch (error) {
    if (error instanceof CatamaranError && !isTransient(error)) return undefined;
    throw error;
  }
}
