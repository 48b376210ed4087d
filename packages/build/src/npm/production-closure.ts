import { buildErrors } from '../errors.ts';
import { formatTarget, type Target } from '../target/target.ts';
import { type Edge, type GraphNode, graphNode } from './dependency-graph.ts';
import { fitsEngine, fitsTarget } from './fits-target.ts';
import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';
import { isForOtherLibc } from './platform-name.ts';
import { packageName } from './resolve-location.ts';

/** What the project needs on a target when it runs. */
export interface Closure {
  /** By location, sorted; workspaces and other folders of the project are not among them. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /**
   * The folders of the project that links lead to, by the links' locations, sorted: "node_modules/lib" to "libs/lib".
   * That of a workspace to itself is among them.
   */
  readonly links: ReadonlyMap<string, string>;
  /** Needs that nothing in the lockfile meets, and that are no error: peers, where it was made with legacy-peer-deps. */
  readonly missingPeers: readonly { readonly from: string; readonly name: string; readonly wanted: string }[];
}

/**
 * Follows the project's dependencies through the lockfile, as npm does when it installs without development: what is
 * optional stays out when it, or something that it needs, does not run on the target.
 * @throws CATA_LOCKFILE_INCOMPLETE, CATA_PACKAGE_NOT_FOR_PLATFORM
 */
export function productionClosure(lockfile: Lockfile, target: Target): Closure {
  const needed = reachable(lockfile, (edge) => !isOptional(edge));
  for (const [location, { locked }] of needed) requireFit(location, locked, target);
  const unfit = unfitOnes(lockfile, needed, target);
  const found = reachable(lockfile, (edge) => edge.to === undefined || !unfit.has(edge.to));
  found.delete(lockfile.workspace);
  for (const link of linksToItself(lockfile)) found.set(...link);
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    packages: new Map(
      sorted.flatMap(([location, { locked }]) =>
        locked.link || !isInstalled(location) ? [] : [[location, locked] as const],
      ),
    ),
    links: new Map(
      sorted.flatMap(([location, { locked }]) => (locked.link ? [[location, locked.resolved ?? '']] : [])),
    ),
    missingPeers: sorted.flatMap(([from, { edges }]) =>
      edges
        .filter(({ to, kind }) => to === undefined && kind === 'peer')
        .map(({ name, wanted }) => ({ from: packageName(from), name, wanted })),
    ),
  };
}

/** As npm makes them for every workspace. */
function linksToItself({ packages, workspace }: Lockfile): [string, GraphNode][] {
  if (workspace === '') return [];
  return [...packages].flatMap(([location, locked]): [string, GraphNode][] =>
    locked.link && locked.resolved === workspace && location.startsWith('node_modules/')
      ? [[location, { locked, edges: [] }]]
      : [],
  );
}

function isOptional({ kind }: Edge): boolean {
  return kind === 'optional' || kind === 'optional peer';
}

/** A folder of the project is not: it is where it is. */
function isInstalled(location: string): boolean {
  return /(^|\/)node_modules\//.test(location);
}

/**
 * What edges lead to from some locations, these included; from the project's unless given.
 * @throws CATA_LOCKFILE_INCOMPLETE
 */
export function reachable(
  lockfile: Lockfile,
  follows: (edge: Edge) => boolean,
  from: readonly string[] = [lockfile.workspace],
): Map<string, GraphNode> {
  const found = new Map<string, GraphNode>();
  const waiting = [...from];
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    const node = found.has(location) ? undefined : graphNode(lockfile, location);
    if (!node) continue;
    found.set(location, node);
    for (const edge of node.edges) {
      if (!follows(edge)) continue;
      if (edge.to !== undefined) waiting.push(edge.to);
      else if (edge.kind === 'required') throw incomplete(lockfile, location, edge);
    }
  }
  return found;
}

function incomplete(lockfile: Lockfile, location: string, { name }: Edge): Error {
  return buildErrors.CATA_LOCKFILE_INCOMPLETE({ path: lockfile.path, name, from: location || 'the project' });
}

function requireFit(location: string, locked: LockedPackage, target: Target): void {
  if (fitsTarget(locked, target)) return;
  const name = packageName(location);
  throw buildErrors.CATA_PACKAGE_NOT_FOR_PLATFORM({ name, platform: formatTarget(target) });
}

/** Of what only optional dependencies lead to, that which does not run on the target or needs what does not. */
function unfitOnes(
  lockfile: Lockfile,
  needed: ReadonlyMap<string, GraphNode>,
  target: Target,
): ReadonlySet<string> {
  const all = reachable(lockfile, () => true);
  const neededBy = new Map<string, string[]>();
  const waiting: string[] = [];
  for (const [location, { locked, edges }] of all) {
    if (needed.has(location)) continue;
    const isOther = isForOtherLibc(packageName(location), locked, target);
    if (isOther || !fitsTarget(locked, target) || !fitsEngine(locked, target)) waiting.push(location);
    for (const edge of edges) {
      if (edge.to === undefined || isOptional(edge)) continue;
      neededBy.set(edge.to, [...(neededBy.get(edge.to) ?? []), location]);
    }
  }
  const unfit = new Set<string>();
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    if (unfit.has(location)) continue;
    unfit.add(location);
    waiting.push(...(neededBy.get(location) ?? []));
  }
  return unfit;
}
