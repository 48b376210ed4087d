import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest } from '../../model/manifest.ts';
import { isIndexType } from '../../model/media-types.ts';
import { parseManifest } from '../../model/parse-manifest.ts';
import { quotable } from '../../model/quotable.ts';
import { type FoundManifest, getManifest } from '../manifests/get-manifest.ts';
import type { Repository } from '../repository.ts';

/** What stands under the tag of a list: the list, something else and why it is none, or nothing. */
export type UnderReferrersTag =
  | { readonly list: readonly Descriptor[] }
  | { readonly list?: never; readonly otherwise: string }
  | undefined;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export function referrersTag(subject: Digest): string {
  return subject.replace(':', '-');
}

/** What the tag lists; nothing where there is no such tag, or where it is used for something else. */
export async function readReferrersTag(
  repository: Repository,
  subject: Digest,
  ctx: Context,
): Promise<readonly Descriptor[]> {
  return (await findReferrersTag(repository, subject, ctx))?.list ?? [];
}

/**
 * What the tag stands for. There are registries that give each image its digest as a tag: GitLab's.
 * @throws CATA_MANIFEST_TOO_LARGE, CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function findReferrersTag(
  repository: Repository,
  subject: Digest,
  ctx: Context,
): Promise<UnderReferrersTag> {
  const tag = referrersTag(subject);
  try {
    const found = await getManifest(repository, tag, ctx);
    if (found.descriptor.digest === subject) return { otherwise: 'it stands for that image itself' };
    return listIn(
      found,
      `The list of referrers ${tag} in ${repository.connection.registry}/${repository.name}`,
    );
  } catch (error) {
    if (!(error instanceof CatamaranError)) throw error;
    if (error.code === 'CATA_MANIFEST_NOT_FOUND') return undefined;
    if (error.code === 'CATA_MANIFEST_INVALID') return { otherwise: error.message.replace(/\.$/, '') };
    throw error;
  }
}

function listIn({ descriptor: { mediaType }, bytes }: FoundManifest, name: string): UnderReferrersTag {
  if (!isIndexType(mediaType)) return { otherwise: `it is of type ${quotable(mediaType)}, and no index` };
  const list = (parseManifest(bytes, mediaType, name).value as IndexManifest).manifests;
  return list.some(isOfPlatform) ? { otherwise: 'it stands for an image of several platforms' } : { list };
}

/** What refers to an image says of what type it is; what an image consists of, for which platform. */
function isOfPlatform({ platform, artifactType }: Descriptor): boolean {
  return platform !== undefined && artifactType === undefined;
}
