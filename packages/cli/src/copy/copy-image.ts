import {
  asOciImage,
  type Context,
  type DescribedPlatform,
  type Descriptor,
  descriptorOf,
  type Image,
  type ImageIndex,
  isImageIndex,
  type RegistryStore,
  runStep,
  selectPlatforms,
} from '@catamaran/oci';
import { entryName } from '../inspect/attestation.ts';
import { imageFor } from '../location/chosen-image.ts';
import { formatPlace } from '../location/format-location.ts';
import type { NamedLocation } from '../location/location.ts';
import { readLocation, storeOf } from '../location/open-location.ts';
import { PushTally } from '../push/push-tally.ts';
import type { CopyDocument } from './copy-document.ts';
import { replacedDigest } from './replaced-digest.ts';

export interface CopyOptions {
  /** Those that are wanted; all when empty. */
  readonly platforms: readonly DescribedPlatform[];
  readonly form: Form;
}

/** `oci`: with OCI's media types; `same`: as it is; `fitting`: as it is, but where other tools would not read it. */
export type Form = 'oci' | 'same' | 'fitting';

/**
 * Copies an image or index from where it is to where it is wanted: byte for byte, unless platforms are left out or its
 * form has to change.
 * @throws CATA_PLATFORM_NOT_IN_INDEX and what the two stores throw
 */
export async function copyImage(
  from: NamedLocation,
  to: NamedLocation,
  { platforms, form }: CopyOptions,
  registries: RegistryStore,
  ctx: Context,
): Promise<CopyDocument> {
  const startedNs = ctx.clock.monotonicNs();
  const found = await readLocation(from, registries, ctx);
  const selected = await choose(found, platforms, from.text);
  let chosen = selected;
  const before = await replacedDigest(to);
  const tally = new PushTally();
  const { digest } = await runStep('copy', `Copy to ${formatPlace(to)}`, ctx, async (step) => {
    step.progress(`from ${formatPlace(from)}`);
    if (changesForm(form, from, to)) chosen = await asOciImage(selected);
    return storeOf(to, registries).put(to.reference, chosen, tally.listening(ctx));
  });
  const present = await entriesOf(found);
  const kept = new Set((await entriesOf(selected)).map(({ digest: entry }) => entry));
  return {
    from: formatPlace(from),
    to: formatPlace(to),
    digest,
    sourceDigest: (await descriptorOf(found)).digest,
    ...(before === undefined || before === digest ? {} : { replaced: before }),
    converted: chosen !== selected,
    platforms: present.filter((entry) => kept.has(entry.digest)).map((entry) => entryName(entry, present)),
    leftOut: present.filter((entry) => !kept.has(entry.digest)).map((entry) => entryName(entry, present)),
    durationMs: Math.round(Number(ctx.clock.monotonicNs() - startedNs) / 1e6),
    registries: tally.registries,
  };
}

/** A layout with Docker's types in it is one that neither skopeo nor umoci reads. Who asked for a digest gets what has it. */
function changesForm(form: Form, from: NamedLocation, { kind }: NamedLocation): boolean {
  const isLayout = kind === 'oci' || kind === 'oci-archive';
  return form === 'oci' || (form === 'fitting' && isLayout && from.reference.digest === undefined);
}

async function choose(
  found: Image | ImageIndex,
  platforms: readonly DescribedPlatform[],
  text: string,
): Promise<Image | ImageIndex> {
  if (isImageIndex(found)) return selectPlatforms(found, platforms, text);
  for (const platform of platforms) await imageFor(found, platform);
  return found;
}

async function entriesOf(found: Image | ImageIndex): Promise<readonly Descriptor[]> {
  return isImageIndex(found) ? (await found.manifest()).value.manifests : [];
}
