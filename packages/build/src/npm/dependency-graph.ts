import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';
import { isOutside, resolveLocation } from './resolve-location.ts';

/** "peer": a missing one is for whoever installs to see to, as lockfiles made with legacy-peer-deps have none. */
type EdgeKind = 'required' | 'optional' | 'peer' | 'optional peer';

/** One package's need of another. */
export interface Edge {
  readonly name: string;
  /** The range, as its package.json has it. */
  readonly wanted: string;
  readonly kind: EdgeKind;
  /** The location at which Node finds it; undefined where the lockfile has none. */
  readonly to: string | undefined;
}

export interface GraphNode {
  readonly locked: LockedPackage;
  readonly edges: readonly Edge[];
}

const graphs = new WeakMap<Lockfile, Map<string, GraphNode>>();

/** A location's entry and what it needs; worked out once for all targets. Undefined where the lockfile has none. */
export function graphNode(lockfile: Lockfile, location: string): GraphNode | undefined {
  const graph = graphs.get(lockfile) ?? new Map<string, GraphNode>();
  graphs.set(lockfile, graph);
  const known = graph.get(location);
  if (known) return known;
  const locked = lockfile.packages.get(location);
  if (!locked) return undefined;
  const node = {
    locked,
    edges: locked.link ? [linkEdge(lockfile, locked)] : edgesOf(lockfile, location, locked),
  };
  graph.set(location, node);
  return node;
}

/** A link needs what it leads to. */
function linkEdge(lockfile: Lockfile, { resolved = '' }: LockedPackage): Edge {
  const to = lockfile.packages.has(resolved) ? resolved : undefined;
  return { name: resolved, wanted: `file:${resolved}`, kind: 'required', to };
}

/**
 * A name that several sections have counts as npm counts it: optional before required before peer. What a folder
 * outside of the lockfile's needs is left to that folder.
 */
function edgesOf(lockfile: Lockfile, location: string, locked: LockedPackage): Edge[] {
  if (isOutside(location)) return [];
  const edges = new Map<string, Edge>();
  const add = (names: LockedPackage['dependencies'], kindOf: (name: string) => EdgeKind) => {
    for (const [name, wanted] of Object.entries(names ?? {})) {
      const kind = kindOf(name);
      const located = resolveLocation(lockfile, location, name);
      // npm says of it that only development needs it, or nothing: the peer was left to whoever installs.
      const isLeftOut = kind.endsWith('peer') && (located?.locked.dev || located?.locked.extraneous);
      if (!isLeftOut) edges.set(name, { name, wanted, kind, to: located?.location });
    }
  };
  add(locked.peerDependencies, (name) =>
    locked.peerDependenciesMeta?.[name]?.optional ? 'optional peer' : 'peer',
  );
  add(locked.dependencies, () => 'required');
  add(locked.optionalDependencies, () => 'optional');
  return [...edges.values()];
}
