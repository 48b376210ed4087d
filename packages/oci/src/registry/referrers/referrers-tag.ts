import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest, Manifest } from '../../model/manifest.ts';
import { isIndexType, mediaTypes } from '../../model/media-types.ts';
import { parseManifest } from '../../model/parse-manifest.ts';
import { describeRaw, rawFromValue } from '../../model/raw.ts';
import { getManifest } from '../manifests/get-manifest.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Repository } from '../repository.ts';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export function referrersTag(subject: Digest): string {
  return subject.replace(':', '-');
}

/** What the tag lists; nothing where there is no such tag. */
export async function readReferrersTag(
  repository: Repository,
  subject: Digest,
  ctx: Context,
): Promise<readonly Descriptor[]> {
  const tag = referrersTag(subject);
  try {
    const { descriptor, bytes } = await getManifest(repository, tag, ctx);
    if (!isIndexType(descriptor.mediaType)) return [];
    const name = `The list of referrers ${tag} in ${repository.connection.registry}/${repository.name}`;
    return (parseManifest(bytes, descriptor.mediaType, name).value as IndexManifest).manifests;
  } catch (error) {
    if (error instanceof CatamaranError && error.code === 'CATA_MANIFEST_NOT_FOUND') return [];
    throw error;
  }
}

/**
 * A registry that keeps no list of referrers does not say "OCI-Subject"; then the list is the client's to keep.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests-with-subject
 */
export async function addToReferrersTag(
  repository: Repository,
  pushed: Descriptor,
  bytes: Uint8Array,
  ctx: Context,
): Promise<void> {
  const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest | IndexManifest;
  if (!value.subject) return;
  const before = await readReferrersTag(repository, value.subject.digest, ctx);
  if (before.some(({ digest }) => digest === pushed.digest)) return;
  const artifactType = value.artifactType ?? ('config' in value ? value.config.mediaType : undefined);
  const entry: Descriptor = {
    ...pushed,
    ...(artifactType ? { artifactType } : {}),
    ...(value.annotations ? { annotations: value.annotations } : {}),
  };
  const list = rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...before, entry] });
  const content = { descriptor: describeRaw(mediaTypes.index, list), bytes: list.bytes };
  await putManifest(repository, content, referrersTag(value.subject.digest), ctx);
}
