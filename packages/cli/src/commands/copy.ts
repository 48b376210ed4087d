import { copyImage } from '../copy/copy-image.ts';
import { copySummary } from '../copy/copy-summary.ts';
import { type FormFlags, formOf } from '../copy/form-flags.ts';
import { targetLocation } from '../copy/target-location.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import { formatStored } from '../location/format-location.ts';
import { namedLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { runCommand } from '../process/run-command.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface CopyFlags extends LocationFlags, FormFlags {
  readonly platform?: readonly string[];
}

/** `catamaran copy`: where the copy is on stdout, with its digest. */
export function copy(fromText: string, toText: string, flags: CopyFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const platforms = parsePlatforms(flags.platform);
    const source = parseLocation(fromText, flags.layout);
    const target = parseLocation(toText, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const from = await namedLocation(source, ctx);
    const to = targetLocation(target, from);
    const document = await copyImage(from, to, { platforms, form: formOf(flags) }, registries, ctx);
    return { document, text: `${formatStored(to, document.digest)}\n`, summary: copySummary(document) };
  });
}
