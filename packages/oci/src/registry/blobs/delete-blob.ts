import type { Context } from '../../context/context.ts';
import type { Digest } from '../../model/digest.ts';
import { registryErrors } from '../errors.ts';
import { refusalOf } from '../http/refusal-error.ts';
import { sendDelete } from '../manifests/send-delete.ts';
import type { Repository } from '../repository.ts';

/**
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-blobs
 * @throws CATA_REGISTRY_DELETE_DISABLED, CATA_REGISTRY_…
 */
export async function deleteBlob(repository: Repository, digest: Digest, ctx: Context): Promise<void> {
  const { registry } = repository.connection;
  try {
    await sendDelete(repository, `blobs/${digest}`, ctx);
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal?.status !== 405) throw cause;
    throw registryErrors.CATA_REGISTRY_DELETE_DISABLED({ registry, answer: refusal.text }, { cause });
  }
}
