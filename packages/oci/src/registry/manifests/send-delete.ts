import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { refusalOf } from '../http/refusal-error.ts';
import { drain } from '../http/transport.ts';
import { deleteScope, pathOf, type Repository } from '../repository.ts';

/** What may come of a request that was carried out all the same. */
const lostCodes: ReadonlySet<string> = new Set(['CATA_REGISTRY_UNREACHABLE', 'CATA_REGISTRY_FAILED']);

/**
 * Deletes a manifest, a tag or a blob. What is gone when it is tried again has been deleted by the request whose answer
 * got lost.
 * @param what "manifests/1", "blobs/sha256:…"
 * @throws CATA_MANIFEST_NOT_FOUND, CATA_REGISTRY_…
 */
export async function sendDelete(repository: Repository, what: string, ctx: Context): Promise<void> {
  const { connection } = repository;
  let mayBeDone = false;
  for (let failures = 1; ; failures++) {
    try {
      const { body } = await connection.request(
        {
          method: 'DELETE',
          target: pathOf(repository, what),
          scopes: deleteScope(repository),
          expected: [202, 200, 204],
          retry: false,
        },
        ctx,
      );
      return await drain(body);
    } catch (error) {
      const status = refusalOf(error)?.status;
      if (mayBeDone && status === 404) return;
      // It cannot be done, and will not be.
      if (status === 501) throw error;
      await connection.pause(failures, error, ctx);
      mayBeDone ||= error instanceof CatamaranError && lostCodes.has(error.code);
    }
  }
}
