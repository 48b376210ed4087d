import { formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { Target } from '../target/target.ts';
import { fitsTarget, isPlatformSpecific } from './fits-target.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import { type Located, packageName, resolveLocation } from './resolve-location.ts';

/** The packages that the project needs on a platform when it runs, by location, sorted; links are followed, not listed. */
export type Closure = ReadonlyMap<string, LockedPackage>;

interface Need {
  readonly name: string;
  readonly optional: boolean;
}

/** @throws CATA_LOCKFILE_INCOMPLETE, CATA_PACKAGE_NOT_FOR_PLATFORM, CATA_NATIVE_PACKAGE_MISSING */
export function productionClosure(lockfile: Lockfile, target: Target): Closure {
  const found = new Map<string, LockedPackage>();
  const visited = new Set<string>();
  const waiting = [lockfile.workspace];
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    if (visited.has(location)) continue;
    visited.add(location);
    const locked = lockfile.packages.get(location);
    if (!locked) continue;
    requirePlatformPackage(lockfile, location, locked, target);
    for (const need of needsOf(locked)) {
      const next = follow(lockfile, location, need, target);
      if (next && !next.locked.link) found.set(next.location, next.locked);
      if (next) waiting.push(next.locked.link ? (next.locked.resolved ?? '') : next.location);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function* needsOf(locked: LockedPackage): Iterable<Need> {
  for (const name of Object.keys(locked.dependencies ?? {})) {
    if (!locked.optionalDependencies?.[name]) yield { name, optional: false };
  }
  for (const name of Object.keys(locked.optionalDependencies ?? {})) yield { name, optional: true };
  for (const name of Object.keys(locked.peerDependencies ?? {})) {
    if (!locked.peerDependenciesMeta?.[name]?.optional) yield { name, optional: false };
  }
}

function follow(lockfile: Lockfile, from: string, need: Need, target: Target): Located | undefined {
  const located = resolveLocation(lockfile, from, need.name);
  if (!located) {
    if (need.optional) return undefined;
    throw buildErrors.CATA_LOCKFILE_INCOMPLETE({
      path: lockfile.path,
      name: need.name,
      from: from || 'the project',
    });
  }
  if (fitsTarget(located.locked, target)) return located;
  if (need.optional) return undefined;
  throw buildErrors.CATA_PACKAGE_NOT_FOR_PLATFORM({
    name: need.name,
    platform: formatPlatform(target.platform),
  });
}

/**
 * A package that comes with one optional package per platform works on none whose package is not there, and npm
 * calls that a success: it prunes the others' from a lockfile that it writes with node_modules present
 * (npm/cli#4828).
 */
function requirePlatformPackage(
  lockfile: Lockfile,
  location: string,
  locked: LockedPackage,
  target: Target,
): void {
  const optional = Object.keys(locked.optionalDependencies ?? {});
  const located = optional.flatMap((name) => resolveLocation(lockfile, location, name) ?? []);
  const specific = located.filter((candidate) => isPlatformSpecific(candidate.locked));
  const linux = specific.filter(({ locked: { os } }) => os?.includes('linux'));
  if (linux.length === 0 || specific.some((candidate) => fitsTarget(candidate.locked, target))) return;
  throw buildErrors.CATA_NATIVE_PACKAGE_MISSING({
    name: locked.name ?? packageName(location),
    platform: formatPlatform(target.platform),
    present: linux.map((candidate) => packageName(candidate.location)).join(', '),
    lockfile: lockfile.path,
  });
}
