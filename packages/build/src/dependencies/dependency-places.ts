import { platforms } from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import { buildErrors } from '../errors.ts';
import type { NativeRequest } from '../native/native-request.ts';
import { isPlatformSpecific } from '../npm/fits-target.ts';
import type { LockedPackage, Lockfile } from '../npm/lockfile.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { packageName, resolveLocation } from '../npm/resolve-location.ts';
import type { PackagePlace } from '../packages/package-place.ts';
import { libcs, type Target } from '../target/target.ts';

/** A package that a target needs, before anything of it was read. */
export interface PackageCandidate extends PackagePlace {
  /** As in "node_modules/bcrypt". */
  readonly location: string;
  /** Every platform that Catamaran knows needs it, and it does not say which ones it is for. */
  readonly isEverywhere: boolean;
  readonly hasInstallScript: boolean;
  readonly platformPackages: NativeRequest['platformPackages'];
}

/**
 * The packages that a target needs, in the order of their locations. What is everywhere is decided over all platforms
 * that Catamaran knows, not those being built, so that a build for one platform makes the same layers.
 * @throws CATA_PACKAGE_NO_INTEGRITY and what `productionClosure` throws
 */
export function dependencyPlaces(lockfile: Lockfile, target: Target): readonly PackageCandidate[] {
  const closure = productionClosure(lockfile, target);
  const others = platforms.flatMap((platform) =>
    libcs.flatMap((libc) => closureOrNone(lockfile, { ...target, platform, libc })),
  );
  // A bundled package is inside its parent's tarball; what the project itself bundles has an integrity of its own.
  const own = [...closure].filter(([, locked]) => !locked.inBundle || locked.integrity);
  return own.map(([location, locked]) => ({
    ...placeOf(lockfile, location, locked),
    location,
    isEverywhere: !isPlatformSpecific(locked) && others.every((other) => other.has(location)),
    hasInstallScript: locked.hasInstallScript ?? false,
    platformPackages: platformPackages(lockfile, location, locked, closure),
  }));
}

function platformPackages(
  lockfile: Lockfile,
  from: string,
  { optionalDependencies = {} }: LockedPackage,
  closure: Closure,
): NativeRequest['platformPackages'] {
  return Object.keys(optionalDependencies).flatMap((name) => {
    const located = resolveLocation(lockfile, from, name);
    // One that the lockfile does not have at all may be what npm has pruned.
    if (!located) return [{ name, os: [], isPresent: false }];
    if (!isPlatformSpecific(located.locked)) return [];
    return [{ name, os: located.locked.os ?? [], isPresent: closure.has(located.location) }];
  });
}

/** A platform that the project does not support at all has no say in what is neutral. */
function closureOrNone(lockfile: Lockfile, target: Target): Closure[] {
  try {
    return [productionClosure(lockfile, target)];
  } catch {
    return [];
  }
}

function placeOf(lockfile: Lockfile, location: string, locked: LockedPackage): PackagePlace {
  const name = locked.name ?? packageName(location);
  if (!locked.integrity || !locked.version) {
    throw buildErrors.CATA_PACKAGE_NO_INTEGRITY({ path: lockfile.path, name });
  }
  return {
    path: imagePath(location),
    name,
    version: locked.version,
    integrity: locked.integrity,
    ...(locked.resolved ? { resolved: locked.resolved } : {}),
  };
}
