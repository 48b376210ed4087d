import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { platforms } from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import type { NativeRequest } from '../native/native-request.ts';
import { type BinLink, binLinks } from '../npm/bin-links.ts';
import { isPlatformSpecific } from '../npm/fits-target.ts';
import type { LockedPackage } from '../npm/locked-package.ts';
import { type LockedSource, lockedSource } from '../npm/locked-source.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { packageName, resolveLocation } from '../npm/resolve-location.ts';
import type { UnsettledSpec } from '../npm/settle-spec.ts';
import type { PackagePlace } from '../packages/package-place.ts';
import type { Project } from '../project/project.ts';
import { libcs, type Target } from '../target/target.ts';
import { executablesIn, isInParent } from './command-files.ts';

/** A package that a target needs, before anything of it was read. */
export interface PackageCandidate extends PackagePlace {
  /** As in "node_modules/bcrypt". */
  readonly location: string;
  /** Every platform that Catamaran knows needs it, and it does not say which ones it is for. */
  readonly isEverywhere: boolean;
  readonly hasInstallScript: boolean;
  readonly platformPackages: NativeRequest['platformPackages'];
}

/** As a lockfile has it: the integrity may be missing. */
export type LockedCandidate = Omit<PackageCandidate, 'integrity' | 'open'> & UnsettledSpec;

/** What a target needs of what a lockfile names. */
export interface TargetPackages {
  readonly closure: Closure;
  /** In the order of their locations. */
  readonly packages: readonly LockedCandidate[];
  /** Packages that are copied from folders of this machine (npm's install-links), by location. */
  readonly folders: ReadonlyMap<string, string>;
  readonly bins: readonly BinLink[];
}

/**
 * The packages that a target needs. What is everywhere is decided over all platforms that Catamaran knows, not those
 * being built, so that a build for one platform makes the same layers.
 * @throws CATA_PACKAGE_SOURCE_UNKNOWN, CATA_PACKAGE_FILE_MISSING and what `productionClosure` throws
 */
export function dependencyPlaces(
  lockfile: Lockfile,
  target: Target,
  settings: Project['app']['native'],
): TargetPackages {
  const closure = productionClosure(lockfile, target);
  const everywhere = closuresOfAll(lockfile, target);
  const bins = binLinks(closure, (location) => lockfile.packages.get(location));
  const folders = new Map<string, string>();
  const packages: LockedCandidate[] = [];
  for (const [location, locked] of closure.packages) {
    if (isInParent(locked)) continue;
    const name = locked.name ?? packageName(location);
    const source = lockedSource(lockfile, name, locked);
    if (source.kind === 'folder') folders.set(location, source.folder);
    else
      packages.push({
        ...specOf(lockfile, name, locked, source.kind),
        path: imagePath(location),
        location,
        executables: executablesIn(location, bins, closure),
        isTakenUnprepared: settings[name] === 'skip',
        isEverywhere: !isPlatformSpecific(locked) && everywhere.every((one) => one.packages.has(location)),
        hasInstallScript: locked.hasInstallScript ?? false,
        platformPackages: platformPackages(lockfile, location, locked, closure),
      });
  }
  return { closure, packages, folders, bins };
}

function specOf(
  lockfile: Lockfile,
  name: string,
  { version = '', integrity, resolved }: LockedPackage,
  kind: Exclude<LockedSource['kind'], 'folder'>,
) {
  const address =
    kind === 'file' && resolved
      ? pathToFileURL(join(lockfile.root, resolved.slice('file:'.length))).href
      : resolved;
  return {
    kind,
    name,
    version,
    ...(integrity ? { integrity } : {}),
    ...(address ? { resolved: address } : {}),
  };
}

function platformPackages(
  lockfile: Lockfile,
  from: string,
  { optionalDependencies = {} }: LockedPackage,
  { packages }: Closure,
): NativeRequest['platformPackages'] {
  return Object.keys(optionalDependencies).flatMap((name) => {
    const located = resolveLocation(lockfile, from, name);
    const isOwn = located && isPlatformSpecific(located.locked) && packages.has(located.location);
    return isOwn ? [name] : [];
  });
}

const known = new WeakMap<Lockfile, Map<string, readonly Closure[]>>();

/** A target that the project does not support at all has no say in what is neutral. */
function closuresOfAll(lockfile: Lockfile, target: Target): readonly Closure[] {
  const { nodeVersion } = target;
  const ofLockfile = known.get(lockfile) ?? new Map<string, readonly Closure[]>();
  known.set(lockfile, ofLockfile);
  const targets = platforms.flatMap((platform) => libcs.map((libc) => ({ ...target, platform, libc })));
  const found =
    ofLockfile.get(nodeVersion) ??
    targets.flatMap((one) => {
      try {
        return [productionClosure(lockfile, one)];
      } catch {
        return [];
      }
    });
  ofLockfile.set(nodeVersion, found);
  return found;
}
