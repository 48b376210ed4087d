import type { BinLink } from '../npm/bin-links.ts';
import type { LockedPackage } from '../npm/locked-package.ts';
import type { Closure } from '../npm/production-closure.ts';

/** What the project itself bundles has a source of its own; what another package does is inside its tarball. */
export function isInParent({ inBundle, integrity, resolved }: LockedPackage): boolean {
  return inBundle === true && integrity === undefined && resolved === undefined;
}

/** A command may stand for a file of a package that is bundled in this one. */
export function executablesIn(location: string, bins: readonly BinLink[], { packages }: Closure): string[] {
  const files = bins.flatMap(({ owner, file }) => {
    if (owner !== location && !owner.startsWith(`${location}/node_modules/`)) return [];
    return holderOf(owner, packages) === location ? [`${owner}/${file}`.slice(location.length + 1)] : [];
  });
  return [...new Set(files)].sort();
}

/** The package in whose tarball a package is: itself, unless it is bundled. */
export function holderOf(location: string, packages: Closure['packages']): string {
  const locked = packages.get(location);
  const at = location.lastIndexOf('/node_modules/');
  return locked && isInParent(locked) && at > 0 ? holderOf(location.slice(0, at), packages) : location;
}
