import { platforms } from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import { buildErrors } from '../errors.ts';
import { isPlatformSpecific } from '../npm/fits-target.ts';
import type { LockedPackage, Lockfile } from '../npm/lockfile.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { packageName } from '../npm/resolve-location.ts';
import type { Project } from '../project/project.ts';
import { libcs, type Target } from '../target/target.ts';
import type { PackagePlace } from './package-member.ts';

export interface DependencyPlaces {
  /** The same on every platform, so the same layer. */
  readonly neutral: readonly PackagePlace[];
  readonly native: readonly PackagePlace[];
}

/**
 * Which packages go into which layer of a platform's image. What is neutral is decided over all platforms that
 * Catamaran knows, not those being built, so that a build for one platform makes the same layers.
 * @throws CATA_PACKAGE_INSTALL_SCRIPT, CATA_PACKAGE_NO_INTEGRITY and what `productionClosure` throws
 */
export function dependencyPlaces(
  lockfile: Lockfile,
  target: Target,
  native: Project['app']['native'],
): DependencyPlaces {
  const closure = productionClosure(lockfile, target);
  const others = platforms.flatMap((platform) =>
    libcs.flatMap((libc) => closureOrNone(lockfile, { ...target, platform, libc })),
  );
  const places = { neutral: [] as PackagePlace[], native: [] as PackagePlace[] };
  for (const [location, locked] of closure) {
    // A bundled package is inside its parent's tarball; what the project itself bundles has an integrity of its own.
    if (locked.inBundle && !locked.integrity) continue;
    const everywhere = others.every((other) => other.has(location));
    const kind = everywhere && !isPlatformSpecific(locked) ? 'neutral' : 'native';
    places[kind].push(placeOf(lockfile, location, locked, native));
  }
  return places;
}

/** A platform that the project does not support at all has no say in what is neutral. */
function closureOrNone(lockfile: Lockfile, target: Target): Closure[] {
  try {
    return [productionClosure(lockfile, target)];
  } catch {
    return [];
  }
}

function placeOf(
  lockfile: Lockfile,
  location: string,
  locked: LockedPackage,
  native: Project['app']['native'],
): PackagePlace {
  const name = locked.name ?? packageName(location);
  if (locked.hasInstallScript && native[name] !== 'skip') {
    throw buildErrors.CATA_PACKAGE_INSTALL_SCRIPT({
      name,
      version: locked.version ?? '',
      script: 'not read',
    });
  }
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
