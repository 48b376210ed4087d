import type { Context } from '../../context/context.ts';
import type { Digest } from '../../model/digest.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import type { Repository } from '../repository.ts';
import { getManifest } from './get-manifest.ts';
import { manifestRequest } from './manifest-request.ts';

/**
 * The digest that a tag or digest stands for; undefined when there is none. A registry that does not say it is asked for
 * the manifest.
 * @throws CATA_MANIFEST_TOO_LARGE, CATA_MANIFEST_INVALID, CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function headManifest(
  repository: Repository,
  reference: string,
  ctx: Context,
): Promise<Digest | undefined> {
  const answer = await repository.connection.request(
    manifestRequest(repository, 'HEAD', reference, [404]),
    ctx,
  );
  answer.body.on('error', () => {}).resume();
  if (answer.status === 404) return undefined;
  return announcedDigest(answer) ?? (await getManifest(repository, reference, ctx)).descriptor.digest;
}
