import { parseDescribedPlatform } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { configBytes } from '../inspect/config-bytes.ts';
import { type InspectDocument, inspectedDocument, inspectedText } from '../inspect/inspect-document.ts';
import { referrerLines, referrersOf } from '../inspect/referrers.ts';
import { imageFor } from '../location/chosen-image.ts';
import { formatPlace } from '../location/format-location.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { type CommandResult, runCommand } from '../process/run-command.ts';
import { type Styler, styler } from '../process/styler.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface InspectFlags extends LocationFlags {
  readonly platform?: string;
  readonly raw?: boolean;
  readonly config?: boolean;
}

/** `catamaran inspect`: what an image or an index consists of. */
export function inspect(text: string, flags: InspectFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    requireOneForm(flags);
    const platform = flags.platform === undefined ? undefined : parseDescribedPlatform(flags.platform);
    const location = parseLocation(text, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const all = await readLocation(location, registries, ctx);
    const found = platform ? await imageFor(all, platform) : all;
    if (flags.raw) return exactly((await found.manifest()).bytes);
    if (flags.config) return exactly(await configBytes(found, text));
    const inspected = await inspectedDocument(found, ctx);
    const referrers = await referrersOf(location, inspected.digest, registries, ctx);
    const document: InspectDocument = { reference: formatPlace(location), ...inspected, referrers };
    return { document, text: textOf(document, styler(stdout.color)) };
  });
}

/** @throws CATA_USAGE */
function requireOneForm({ json, raw, config }: InspectFlags): void {
  const asked = Object.entries({ '--json': json, '--raw': raw, '--config': config });
  const [first, second] = asked.flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
  if (first && second) throw cliErrors.CATA_USAGE({ reason: `${first} and ${second} exclude each other.` });
}

function exactly(bytes: Uint8Array): CommandResult {
  return { document: undefined, text: bytes };
}

function textOf(document: InspectDocument, style: Styler): string {
  const attached = referrerLines(document.referrers);
  const lines = [
    style('bold', document.reference),
    ...inspectedText(document, style),
    ...(attached.length === 0 ? [] : ['', style('dim', 'attached'), ...attached]),
  ];
  return `${lines.join('\n')}\n`;
}
