import type { Context } from '../../context/context.ts';
import type { Digest } from '../../model/digest.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';

/**
 * What registries answer with that have no list of referrers. The specification has 404 for it; those that are older
 * than it take the path for something else, or do not let anybody ask: 400, 403, 405, 406, 501.
 */
export const withoutReferrersApi: readonly number[] = [404, 400, 403, 405, 406, 501];

export function referrersPath(repository: Repository, subject: Digest): string {
  return pathOf(repository, `referrers/${subject}`);
}

/**
 * Whether the registry itself lists what refers to an image.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export async function hasReferrersApi(
  repository: Repository,
  subject: Digest,
  ctx: Context,
): Promise<boolean> {
  const { status, body } = await repository.connection.request(
    {
      method: 'GET',
      target: referrersPath(repository, subject),
      scopes: pullScope(repository),
      expected: [200, ...withoutReferrersApi],
    },
    ctx,
  );
  await drain(body);
  return status === 200;
}
