import { describeRaw, parseDescribedPlatform } from '@catamaran/oci';
import { imageFor } from '../location/chosen-image.ts';
import { formatPlace } from '../location/format-location.ts';
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
    const all = await readLocation(location, registries, ctx);
    const manifest = await (platform ? await imageFor(all, platform) : all).manifest();
    const described = describeRaw(manifest.value.mediaType, manifest);
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
