import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest, Manifest } from '../../model/manifest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { describeRaw, rawFromBytes, rawFromValue } from '../../model/raw.ts';
import { registryErrors } from '../errors.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Repository } from '../repository.ts';
import { inTurn } from './in-turn.ts';
import { findReferrersTag, referrersTag, type UnderReferrersTag } from './referrers-tag.ts';

/**
 * Adds what has been pushed to the list of what refers to its subject, where the registry keeps none.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests-with-subject
 * @throws CATA_REFERRERS_TAG_TAKEN when the tag stands for something else than a list: it is left as it is
 */
export async function addToReferrersTag(
  repository: Repository,
  subject: Digest,
  added: ManifestContent,
  ctx: Context,
): Promise<void> {
  const isListed = ({ digest }: Descriptor) => digest === added.descriptor.digest;
  const change = (before: UnderReferrersTag) => {
    if (before === undefined) return [entryOf(added)];
    if (before.list) return before.list.some(isListed) ? undefined : [...before.list, entryOf(added)];
    throw registryErrors.CATA_REFERRERS_TAG_TAKEN({
      registry: repository.connection.registry,
      repository: repository.name,
      tag: referrersTag(subject),
      digest: added.descriptor.digest,
      reason: before.otherwise,
    });
  };
  await changeReferrersTag(repository, subject, change, ctx);
}

/**
 * Takes what is to be deleted out of the list of what refers to its subject.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-manifests
 * @returns whether it was listed
 */
export async function removeFromReferrersTag(
  repository: Repository,
  subject: Digest,
  deleted: Digest,
  ctx: Context,
): Promise<boolean> {
  const change = (before: UnderReferrersTag) => {
    const left = before?.list?.filter(({ digest }) => digest !== deleted);
    return left?.length === before?.list?.length ? undefined : left;
  };
  return await changeReferrersTag(repository, subject, change, ctx);
}

/**
 * @param change gives the new list; undefined where it is to stay as it is
 * @returns whether it did not
 */
async function changeReferrersTag(
  repository: Repository,
  subject: Digest,
  change: (before: UnderReferrersTag) => readonly Descriptor[] | undefined,
  ctx: Context,
): Promise<boolean> {
  const tag = referrersTag(subject);
  const work = async () => {
    const manifests = change(await findReferrersTag(repository, subject, ctx));
    if (manifests === undefined) return false;
    const list = rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.index, manifests });
    const content = { descriptor: describeRaw(mediaTypes.index, list), bytes: list.bytes };
    await putManifest(repository, content, tag, ctx);
    return true;
  };
  return await inTurn(repository.connection, `${repository.name}:${tag}`, work, ctx.signal);
}

/** With the type and the annotations that a reader chooses by. */
function entryOf({ descriptor, bytes }: ManifestContent): Descriptor {
  const value = rawFromBytes<Manifest | IndexManifest>(bytes).value;
  const artifactType = value.artifactType ?? ('config' in value ? value.config.mediaType : undefined);
  return {
    ...descriptor,
    ...(artifactType ? { artifactType } : {}),
    ...(value.annotations ? { annotations: value.annotations } : {}),
  };
}
