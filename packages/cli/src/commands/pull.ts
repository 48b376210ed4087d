import { copyImage } from '../copy/copy-image.ts';
import { copySummary } from '../copy/copy-summary.ts';
import { type FormFlags, formOf } from '../copy/form-flags.ts';
import { localName } from '../copy/target-location.ts';
import { cliErrors } from '../errors.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import type { NamedLocation } from '../location/location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { requireRegistry } from '../location/require-registry.ts';
import { runCommand } from '../process/run-command.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface PullFlags extends LocationFlags, FormFlags {
  readonly platform?: readonly string[];
}

/** `catamaran pull`: from a registry into the layout; the digest on stdout. */
export function pull(text: string, name: string | undefined, flags: PullFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const platforms = parsePlatforms(flags.platform);
    const from = requireRegistry(text, 'pull');
    const to = inLayout(name, from, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const document = await copyImage(from, to, { platforms, form: formOf(flags) }, registries, ctx);
    return { document, text: `${document.digest}\n`, summary: copySummary(document) };
  });
}

/** @throws CATA_LOCATION_INVALID */
function inLayout(name: string | undefined, from: NamedLocation, layout: string): NamedLocation {
  if (name === undefined) {
    return { kind: 'oci', path: layout, reference: localName(from), text: '', isBare: true };
  }
  const location = parseLocation(name, layout);
  if (location.kind !== 'registry' && location.isBare && location.reference && !location.reference.digest) {
    return { ...location, reference: location.reference };
  }
  const reason = 'in the layout an image has a name alone, as in "app" or "app:1"';
  throw cliErrors.CATA_LOCATION_INVALID({ text: name, reason });
}
