import { type Context, descriptorOf, type RegistryStore } from '@catamaran/oci';
import type { DiffDocument } from '../diff/diff-document.ts';
import { diffText } from '../diff/diff-text.ts';
import { imageDiff } from '../diff/image-diff.ts';
import { imagePairs, platformPair, type Side } from '../diff/image-pairs.ts';
import { withKeptContents } from '../inspect/kept-contents.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import { formatPlace } from '../location/format-location.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface DiffFlags extends LocationFlags {
  readonly platform?: readonly string[];
  readonly all?: boolean;
  readonly exitCode?: boolean;
}

/** `catamaran diff`: what differs between two images, or two platforms of one. */
export function diff(first: string, second: string | undefined, flags: DiffFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    const asked = parsePlatforms(flags.platform);
    await using registries = await openRegistries(flags, environment);
    const before = await sideOf(first, flags, registries, ctx);
    const after = second === undefined ? before : await sideOf(second, flags, registries, ctx);
    const matched =
      second === undefined ? await platformPair(before, asked) : await imagePairs(before, after, asked);
    const { pairs, onlyBefore, onlyAfter } = matched;
    const images = await withKeptContents(environment, async (cache) => {
      const found = [];
      for (const [old, now] of pairs) found.push(await imageDiff(old, now, cache, ctx));
      return found;
    });
    const document: DiffDocument = {
      before: before.place,
      after: after.place,
      same: [...onlyBefore, ...onlyAfter].length === 0 && images.every(({ same }) => same),
      beforeDigest: (await descriptorOf(before.found)).digest,
      afterDigest: (await descriptorOf(after.found)).digest,
      images,
      onlyBefore,
      onlyAfter,
    };
    const exitCode = flags.exitCode && !document.same ? exitCodes.findings : 0;
    const text = diffText(document, flags.all ?? false, styler(stdout.color));
    return { document, text: `${text.join('\n')}\n`, exitCode };
  });
}

async function sideOf(
  text: string,
  { layout }: DiffFlags,
  registries: RegistryStore,
  ctx: Context,
): Promise<Side & { readonly place: string }> {
  const location = parseLocation(text, layout);
  return { found: await readLocation(location, registries, ctx), text, place: formatPlace(location) };
}
