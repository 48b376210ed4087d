import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import type { Digest } from '../../model/digest.ts';
import type { Manifest } from '../../model/manifest.ts';
import { rawFromBytes } from '../../model/raw.ts';
import { drain } from '../http/transport.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';
import { addToReferrersTag } from './change-referrers-tag.ts';

/**
 * Puts a manifest, and sees to it that it is listed among what refers to its subject: a push that was ended between the
 * two is made good by the next one.
 * @param tag undefined for its digest alone
 */
export async function putListed(
  repository: Repository,
  manifest: ManifestContent,
  tag: string | undefined,
  ctx: Context,
): Promise<void> {
  const { keepsReferrers } = await putManifest(repository, manifest, tag, ctx);
  const subject = rawFromBytes<Pick<Manifest, 'subject'>>(manifest.bytes).value.subject?.digest;
  if (subject === undefined) return;
  if (keepsReferrers ?? (await listsReferrers(repository, subject, ctx))) return;
  await addToReferrersTag(repository, subject, manifest, ctx);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers */
async function listsReferrers(repository: Repository, subject: Digest, ctx: Context): Promise<boolean> {
  const { status, body } = await repository.connection.request(
    {
      method: 'GET',
      target: pathOf(repository, `referrers/${subject}`),
      scopes: pullScope(repository),
      expected: [200, 404],
    },
    ctx,
  );
  await drain(body);
  return status === 200;
}
