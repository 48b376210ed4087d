import {
  type Context,
  type DescribedPlatform,
  type Descriptor,
  descriptorOf,
  parseDescribedPlatform,
  type RegistryStore,
} from '@catamaran/oci';
import { imageFor } from '../location/chosen-image.ts';
import { formatPlace } from '../location/format-location.ts';
import type { Location } from '../location/location.ts';
import { withNotFoundHint } from '../location/not-found-hint.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { runCommand } from '../process/run-command.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface DigestFlags extends LocationFlags {
  readonly platform?: string;
}

/** `catamaran digest`: what a name stands for now, on one line. */
export function digest(text: string, flags: DigestFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const platform = flags.platform === undefined ? undefined : parseDescribedPlatform(flags.platform);
    const location = parseLocation(text, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const described = await describe(location, platform, registries, ctx);
    const { mediaType, size } = described;
    const document = {
      reference: formatPlace(location),
      digest: described.digest,
      mediaType,
      sizeBytes: size,
    };
    return { document, text: `${described.digest}\n` };
  });
}

/** A registry tells what a name stands for without giving it out; a platform's digest stands in the index. */
async function describe(
  location: Location,
  platform: DescribedPlatform | undefined,
  registries: RegistryStore,
  ctx: Context,
): Promise<Descriptor> {
  if (location.kind === 'registry' && !platform) {
    return registries.resolve(location.reference, ctx).catch(async (error: unknown) => {
      throw await withNotFoundHint(error, location, location.reference);
    });
  }
  const all = await readLocation(location, registries, ctx);
  return descriptorOf(platform ? await imageFor(all, platform) : all);
}
