import { openCache } from '@catamaran/build';
import type { CheckReport } from '@catamaran/check';
import type { Context } from '@catamaran/oci';
import { cacheError } from '../build/cache-error.ts';
import type { CheckFlags } from '../commands/check.ts';
import { parsePlatforms } from '../location/chosen-image.ts';
import { readLocation } from '../location/open-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import type { Environment } from '../process/environment.ts';
import { openRegistries } from '../registry/open-registries.ts';
import { checkImages } from './check-index.ts';
import { imagesToCheck } from './images-to-check.ts';

/** Judges the image of every platform, or of those asked for, wherever it is. */
export async function checkStoredImage(
  image: string,
  flags: CheckFlags,
  environment: Environment,
  ctx: Context,
): Promise<readonly CheckReport[]> {
  const platforms = parsePlatforms(flags.platform);
  const location = parseLocation(image, flags.layout);
  await using registries = await openRegistries(flags, environment);
  const found = await readLocation(location, registries, ctx);
  const images = await imagesToCheck(found, platforms, image);
  const { cacheFolder } = environment;
  // Awaited here: the registries are open only as long.
  return await checkImages(images, openCache(cacheFolder), ctx).catch((error: unknown) => {
    throw cacheError(error, cacheFolder);
  });
}
