import type { Context } from '../../context/context.ts';
import { drain } from '../http/transport.ts';
import { pushScope, type Repository } from '../repository.ts';
import { beginUpload } from './upload-session.ts';

/**
 * Begins an upload and takes it back: the one question to which a registry gives the answer that a push would get. A
 * token alone says little: it may be one that allows nothing.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#cancel-a-blob-upload
 * @throws CATA_REGISTRY_…, CATA_REPOSITORY_NOT_FOUND
 */
export async function tryUpload(repository: Repository, ctx: Context): Promise<void> {
  const session = await beginUpload(repository, undefined, ctx);
  if (!session) return;
  const cancelled = repository.connection.request(
    {
      method: 'DELETE',
      target: session.location,
      scopes: pushScope(repository),
      expected: [204],
      retry: false,
    },
    ctx,
  );
  // Many registries do not know how, and clear away what nobody goes on with.
  await cancelled.then(({ body }) => drain(body)).catch(() => ctx.signal.throwIfAborted());
}
