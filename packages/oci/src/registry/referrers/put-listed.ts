import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Repository } from '../repository.ts';
import { addToReferrersTag } from './change-referrers-tag.ts';
import { hasReferrersApi } from './referrers-api.ts';
import { subjectOf } from './subject-of.ts';

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
  const subject = subjectOf(manifest.bytes);
  if (subject === undefined) return;
  if (keepsReferrers ?? (await hasReferrersApi(repository, subject, ctx))) return;
  await addToReferrersTag(repository, subject, manifest, ctx);
}
