import { openCache } from '@catamaran/build';
import { formatPlatform } from '@catamaran/oci';
import { cacheError } from '../build/cache-error.ts';
import { checkImages, formatFinding } from '../check/check-index.ts';
import { imagesToCheck } from '../check/images-to-check.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface CheckFlags extends LocationFlags {
  readonly platform?: readonly string[];
}

/** `catamaran check`: findings on stdout, and an exit code of 1 when one is an error. */
export function check(image: string, flags: CheckFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const platforms = parsePlatforms(flags.platform);
    const location = parseLocation(image, flags.layout);
    await using registries = await openRegistries(flags, environment);
    const found = await readLocation(location, registries, ctx);
    const images = await imagesToCheck(found, platforms, image);
    const { cacheFolder } = environment;
    const reports = await checkImages(images, openCache(cacheFolder), ctx).catch((error: unknown) => {
      throw cacheError(error, cacheFolder);
    });
    const lines = reports.flatMap((report) => [
      `${formatPlatform(report.platform)}  ${report.elfFiles} ELF files, ${report.findings.length} findings`,
      ...report.findings.map((finding) => formatFinding(report, finding)),
    ]);
    const failed = reports.some((report) => report.findings.some(({ level }) => level === 'error'));
    const document = {
      image,
      platforms: reports.map((report) => ({ ...report, platform: formatPlatform(report.platform) })),
    };
    return { document, text: `${lines.join('\n')}\n`, exitCode: failed ? exitCodes.findings : 0 };
  });
}
