import type { Context } from '../../context/context.ts';
import type { Reference } from '../../model/reference.ts';
import { registryErrors } from '../errors.ts';
import { refusalOf } from '../http/refusal-error.ts';
import type { Repository } from '../repository.ts';
import { headManifest } from './head-manifest.ts';
import { sendDelete } from './send-delete.ts';

/** What registries answer with that cannot do it, or are not to. */
const unsupported = new Set([400, 405, 501]);

/**
 * Deletes a tag, or, by digest, a manifest with all its tags.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#content-management
 * @throws CATA_REGISTRY_DELETE_BY_DIGEST, CATA_REGISTRY_DELETE_DISABLED, CATA_MANIFEST_NOT_FOUND, CATA_REGISTRY_…
 */
export async function deleteManifest(
  repository: Repository,
  { tag, digest }: Reference,
  ctx: Context,
): Promise<void> {
  const { registry } = repository.connection;
  const name = digest ?? tag ?? 'latest';
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
