import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest } from '../../model/manifest.ts';
import { isIndexType } from '../../model/media-types.ts';
import { parseManifest } from '../../model/parse-manifest.ts';
import { quotable } from '../../model/quotable.ts';
import { getManifest } from '../manifests/get-manifest.ts';
import type { Repository } from '../repository.ts';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export function referrersTag(subject: Digest): string {
  return subject.replace(':', '-');
}

/**
 * What the tag lists; nothing where there is no such tag.
 * @throws CATA_MANIFEST_INVALID when the tag stands for something else than a list
 */
export async function readReferrersTag(
  repository: Repository,
  subject: Digest,
  ctx: Context,
): Promise<readonly Descriptor[]> {
  const tag = referrersTag(subject);
  const name = `The list of referrers ${tag} in ${repository.connection.registry}/${repository.name}`;
  try {
    const { descriptor, bytes } = await getManifest(repository, tag, ctx);
    const { mediaType } = descriptor;
    if (!isIndexType(mediaType)) {
      const reason = `it is of type ${quotable(mediaType)}, and no index`;
      throw ociErrors.CATA_MANIFEST_INVALID({ subject: name, reason });
    }
    return (parseManifest(bytes, mediaType, name).value as IndexManifest).manifests;
  } catch (error) {
    if (error instanceof CatamaranError && error.code === 'CATA_MANIFEST_NOT_FOUND') return [];
    throw error;
  }
}
