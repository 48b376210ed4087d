import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest, Manifest } from '../../model/manifest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { describeRaw, rawFromBytes, rawFromValue } from '../../model/raw.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Repository } from '../repository.ts';
import { inTurn } from './in-turn.ts';
import { readReferrersTag, referrersTag } from './referrers-tag.ts';

/**
 * Adds what has been pushed to the list of what refers to its subject, where the registry keeps none.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests-with-subject
 * @throws CATA_MANIFEST_INVALID when the tag stands for something else than a list: it is left as it is
 */
export async function addToReferrersTag(
  repository: Repository,
  subject: Digest,
  added: ManifestContent,
  ctx: Context,
): Promise<void> {
  const isListed = ({ digest }: Descriptor) => digest === added.descriptor.digest;
  const change = (before: readonly Descriptor[]) =>
    before.some(isListed) ? before : [...before, entryOf(added)];
  await changeReferrersTag(repository, subject, change, ctx);
}

/** @param change gives back the very entries that it was given where there is nothing to change */
async function changeReferrersTag(
  repository: Repository,
  subject: Digest,
  change: (before: readonly Descriptor[]) => readonly Descriptor[],
  ctx: Context,
): Promise<void> {
  const tag = referrersTag(subject);
  const work = async () => {
    const before = await readReferrersTag(repository, subject, ctx);
    const manifests = change(before);
    if (manifests === before) return;
    const list = rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.index, manifests });
    const content = { descriptor: describeRaw(mediaTypes.index, list), bytes: list.bytes };
    await putManifest(repository, content, tag, ctx);
  };
  await inTurn(repository.connection, `${repository.name}:${tag}`, work, ctx.signal);
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
