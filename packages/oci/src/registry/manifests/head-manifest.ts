import type { Context } from '../../context/context.ts';
import type { Digest } from '../../model/digest.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import type { Repository } from '../repository.ts';
import { manifestRequest } from './manifest-request.ts';

/** What a tag or digest stands for, without its content; undefined when there is none. */
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
  return answer.status === 404 ? undefined : announcedDigest(answer);
}
