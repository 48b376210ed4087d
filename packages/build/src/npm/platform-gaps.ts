import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import type { Target } from '../target/target.ts';
import { type Edge, graphNode } from './dependency-graph.ts';
import { fitsTarget, isPlatformSpecific } from './fits-target.ts';
import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';
import { mayBeFor, namedFor } from './platform-name.ts';
import type { Closure } from './production-closure.ts';
import { packageName } from './resolve-location.ts';

/** A package that comes with one optional package per platform, and has none for the target. */
export interface PlatformGap {
  /** Of the package that has the optional ones. */
  readonly name: string;
  /** Those for the target that it names and the lockfile does not have; none when it never had any. */
  readonly pruned: readonly string[];
  /** Those for Linux that the lockfile has. */
  readonly present: readonly string[];
}

/**
 * Such a package does not work where its own is missing, and npm calls that a success. Before version 11 it also
 * prunes those of other platforms from a lockfile that it writes with node_modules present
 * (https://github.com/npm/cli/issues/4828). What there would have to be is told by the names that the package itself
 * has for them.
 */
export function platformGaps(lockfile: Lockfile, closure: Closure, target: Target): readonly PlatformGap[] {
  const locations = [lockfile.workspace, ...closure.links.values(), ...closure.packages.keys()];
  return [...new Set(locations)].flatMap((location) => gapAt(lockfile, location, target) ?? []);
}

function gapAt(lockfile: Lockfile, location: string, target: Target): PlatformGap | undefined {
  const node = graphNode(lockfile, location);
  const optional = node?.edges.filter(({ kind }) => kind === 'optional') ?? [];
  if (!node || optional.length === 0) return undefined;
  const entries = new Map(optional.map((edge) => [edge.name, entryOf(lockfile, edge)]));
  const names = [...entries.keys()];
  const fits = (name: string) => {
    const locked = entries.get(name);
    return locked !== undefined && fitsTarget(locked, target);
  };
  const gap = (pruned: readonly string[], present: readonly string[]): PlatformGap => ({
    name: node.locked.name ?? (packageName(location) || 'the project'),
    pruned,
    present,
  });
  const present = names.filter((name) => entries.get(name)?.os?.includes('linux'));
  const named = namedFor(names, target);
  if (named.some(fits)) return undefined;
  if (named.length > 0 && named.every((name) => !entries.get(name))) return gap(named, present);
  // The names do not tell; what there is does, if it is for platforms.
  const isSpecific = (name: string) => isPlatformSpecific(entries.get(name) ?? {});
  if (present.length === 0 || names.some((name) => isSpecific(name) && fits(name))) return undefined;
  return gap(
    names.filter((name) => !entries.get(name) && mayBeFor(name, target)),
    present,
  );
}

/** What is found further up, and is another version than the one that is wanted, is another package's. */
function entryOf(lockfile: Lockfile, { to, wanted }: Edge): LockedPackage | undefined {
  const locked = to === undefined ? undefined : lockfile.packages.get(to);
  const isOther = validRange(wanted) && locked?.version && !satisfies(locked.version, wanted);
  return isOther ? undefined : locked;
}
