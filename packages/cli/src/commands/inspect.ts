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
  readonly tree?: boolean;
  readonly layers?: boolean;
  /** With `tree`: what is shown of it. */
  readonly path?: string;
  readonly depth?: string;
  readonly all?: boolean;
}

/** `catamaran inspect`: what an image or an index consists of. */
export function inspect(text: string, flags: InspectFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    requireOneForm(flags);
    requireTree(flags);
    const platform = flags.platform === undefined ? undefined : parseDescribedPlatform(flags.platform);
    const location = parseLocation(text, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const all = await readLocation(location, registries, ctx);
    if (flags.tree || flags.layers) {
      const { lookInside } = await import('../inspect/look-inside.ts');
      return lookInside(all, { text, place: formatPlace(location), flags }, { environment, stdout }, ctx);
    }
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
function requireOneForm({ json, raw, config, tree, layers }: InspectFlags): void {
  const exactly = { '--raw': raw, '--config': config };
  const asked = Object.entries({ '--tree': tree, '--layers': layers, ...exactly, '--json': json });
  const [first, second] = asked.flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
  const isBoth = second === '--json' ? first === '--raw' || first === '--config' : second !== undefined;
  if (isBoth) throw cliErrors.CATA_USAGE({ reason: `${first} and ${second} exclude each other.` });
}

/** What says how much of a tree is wanted would be in vain without one. @throws CATA_USAGE */
function requireTree({ tree, layers, path, depth, all }: InspectFlags): void {
  const vain = Object.entries({ '--path': path, '--depth': depth }).find(([, value]) => value !== undefined);
  if (vain && !tree) throw cliErrors.CATA_USAGE({ reason: `${vain[0]} is for --tree, which is not given.` });
  if (all && !tree && !layers) throw cliErrors.CATA_USAGE({ reason: '--all is for --tree and --layers.' });
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
