import type { Context } from '@catamaran/oci';
import { imagePath } from '../../builders/node/image-paths.ts';
import type { Cache } from '../../cache/cache.ts';
import { buildErrors } from '../../errors.ts';
import type { PackageCandidate } from '../dependency-places.ts';
import type { Installed } from './installed.ts';
import { openPacked } from './open-packed.ts';

/**
 * The packages of an install, with their content out of the cache.
 * @param refill installs again: for content that the cache has no more
 */
export function packedCandidates(
  cache: Cache,
  refill: (ctx: Context) => Promise<unknown>,
): (installed: Installed) => readonly PackageCandidate[] {
  const refillOnce = onceAtATime(refill);
  return ({ packages, bins, links }) => {
    const executables = executablesByLocation(bins, new Map(links));
    return packages.map(({ digest, sizeBytes, ...found }) => ({
      ...found,
      path: imagePath(found.location),
      integrity: digest,
      executables: executables.get(found.location) ?? [],
      // Scripts are told from package.json alone, by whoever looks into the package.
      hasInstallScript: false,
      open: async (ctx) => {
        const blob = { digest, sizeBytes };
        const opened = await openPacked(blob, cache, ctx);
        if (opened) return opened;
        await refillOnce(ctx);
        const again = await openPacked(blob, cache, ctx);
        if (again) return again;
        throw buildErrors.CATA_INSTALL_CHANGED({ location: found.location });
      },
    }));
  };
}

function executablesByLocation(
  bins: Installed['bins'],
  links: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const byLocation = new Map<string, Set<string>>();
  for (const { owner, file } of bins) {
    const location = links.get(owner) ?? owner;
    byLocation.set(location, (byLocation.get(location) ?? new Set()).add(file));
  }
  return new Map([...byLocation].map(([location, files]) => [location, [...files].sort()]));
}

/** Those who come while it is under way wait for the same one. */
function onceAtATime<T>(work: (ctx: Context) => Promise<T>): (ctx: Context) => Promise<T> {
  let underWay: Promise<T> | undefined;
  return (ctx) => {
    underWay ??= work(ctx).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
