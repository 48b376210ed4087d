import type { Context } from '../../context/context.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';

/** True when the repository has the blob with that size. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#checking-if-content-exists-in-the-registry */
export async function headBlob(
  repository: Repository,
  { digest, size }: Descriptor,
  ctx: Context,
  scopes = pullScope(repository),
): Promise<boolean> {
  const { status, headers, body } = await repository.connection.request(
    { method: 'HEAD', target: pathOf(repository, `blobs/${digest}`), scopes, expected: [200, 404] },
    ctx,
  );
  body.on('error', () => {}).resume();
  return status === 200 && Number(headers['content-length'] ?? size) === size;
}
