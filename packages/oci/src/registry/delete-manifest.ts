import type { Context } from '../context/context.ts';
import type { Reference } from '../model/reference.ts';
import { registryErrors } from './errors.ts';
import { refusalOf } from './http/refusal-error.ts';
import { drain } from './http/transport.ts';
import { headManifest } from './manifests/head-manifest.ts';
import { deleteScope, pathOf, type Repository } from './repository.ts';

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
    const answer = await repository.connection.request(
      {
        method: 'DELETE',
        target: pathOf(repository, `manifests/${name}`),
        scopes: deleteScope(repository),
        expected: [202, 200, 204],
      },
      ctx,
    );
    await drain(answer.body);
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
