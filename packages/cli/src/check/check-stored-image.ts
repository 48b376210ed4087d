import { openCache } from '@catamaran/build';
import { type Context, formatPlatform } from '@catamaran/oci';
import { cacheError } from '../build/cache-error.ts';
import type { CheckFlags } from '../commands/check.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import type { Environment } from '../process/environment.ts';
import { openRegistries } from '../registry/open-registries.ts';
import { checkImages, formatFinding } from './check-index.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { imagesToCheck } from './images-to-check.ts';

/** Judges the image of every platform, or of those asked for. */
export async function checkStoredImage(
  image: string,
  flags: CheckFlags,
  environment: Environment,
  ctx: Context,
): Promise<CheckOutcome> {
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
  const described = reports.map((report) => ({ ...report, platform: formatPlatform(report.platform) }));
  return {
    subject: image,
    parts: described,
    document: { image, platforms: described },
    text: () => `${lines.join('\n')}\n`,
  };
}
