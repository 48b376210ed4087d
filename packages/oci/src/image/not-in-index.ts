import { ociErrors } from '../errors/errors.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { type DescribedPlatform, formatPlatform } from '../model/platform.ts';

export function platformNotInIndex(platform: DescribedPlatform, index: IndexManifest): Error {
  return ociErrors.CATA_PLATFORM_NOT_IN_INDEX({
    platform: formatPlatform(platform),
    present: index.manifests
      .flatMap((entry) => entry.platform ?? [])
      .map(formatPlatform)
      .join(', '),
  });
}

/** A caller's mistake, not a person's. */
export function childNotInIndex({ digest }: Descriptor): Error {
  return new Error(`${digest} is not in the index`);
}
