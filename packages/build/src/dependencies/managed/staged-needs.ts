import { formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { fitsTarget } from '../../npm/fits-target.ts';
import type { Target } from '../../target/target.ts';
import { type PackageManifest, productionNeeds } from './package-manifest.ts';
import { resolveName, type StageTree } from './stage-tree.ts';

/** What the packages and workspaces of an install need on a target. */
export interface StagedNeeds {
  /** Locations, of packages that run on the target, and of workspaces. @throws CATA_PACKAGE_NOT_FOR_PLATFORM */
  of(location: string): Iterable<string>;
  /** False for a package that does not run on the target, or that needs one. */
  runs(location: string): boolean;
}

export function stagedNeeds(tree: StageTree, target: Target): StagedNeeds {
  const beside = linksByStore(tree);
  const known = new Map<string, boolean>();

  function* declared(location: string) {
    const manifest = tree.packages.get(location) ?? tree.workspaces.get(location) ?? {};
    for (const { name, optional } of productionNeeds(manifest)) {
      const found = resolveName((at) => tree.packages.has(at), tree.links, location, name);
      if (found !== undefined) yield { name, optional, found };
    }
  }

  function runs(location: string): boolean {
    const manifest = tree.packages.get(location);
    if (!manifest) return true;
    const answer = known.get(location);
    if (answer !== undefined) return answer;
    // Until it is known, so that packages that need each other come to an end.
    known.set(location, true);
    const isFit =
      fitsTarget(namedPlatforms(manifest), target) &&
      [...declared(location)].every(({ optional, found }) => optional || runs(found));
    known.set(location, isFit);
    return isFit;
  }

  return {
    runs,
    *of(location) {
      for (const { name, optional, found } of declared(location)) {
        if (runs(found)) yield found;
        else if (!optional) {
          const platform = formatPlatform(target.platform);
          throw buildErrors.CATA_PACKAGE_NOT_FOR_PLATFORM({ name, platform });
        }
      }
      // In a store, a package has all it needs beside it, also what a hook or an extension has added.
      for (const to of beside.get(storeOf(location)) ?? []) if (tree.packages.has(to) && runs(to)) yield to;
    },
  };
}

export function namedPlatforms({ os, cpu, libc }: PackageManifest) {
  return { os, cpu, libc };
}

/** What the links in each package's folder of a store lead to, by that folder. */
function linksByStore({ links }: StageTree): ReadonlyMap<string, readonly string[]> {
  const beside = new Map<string, string[]>();
  for (const [from, to] of links) {
    const store = storeOf(from);
    if (store !== '') beside.set(store, [...(beside.get(store) ?? []), to]);
  }
  return beside;
}

/** As in "node_modules/.pnpm/debug@2.6.9/node_modules/"; empty for what is in no store. */
function storeOf(path: string): string {
  return /^(?:.*\/)?node_modules\/\.[^/]+\/[^/]+\/node_modules\//.exec(path)?.[0] ?? '';
}
