import { formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { fitsTarget, isPlatformSpecific } from '../../npm/fits-target.ts';
import type { Target } from '../../target/target.ts';
import { type PackageManifest, productionNeeds } from './package-manifest.ts';
import { resolveName, type StageTree } from './stage-tree.ts';

/** What of an install the project needs on a target when it runs. */
export interface StagedClosure {
  /** Locations of packages, sorted. */
  readonly packages: readonly string[];
  /** Those of them that every target needs: no package that names platforms is on the way to them. */
  readonly everywhere: ReadonlySet<string>;
  /** Locations of the workspaces whose source is part of the application, the project's own first. */
  readonly workspaces: readonly string[];
}

/**
 * @param hasMore whether there may be packages that the project does not need; where there are none, what nobody asks
 * for by name is there for a reason, too
 * @throws CATA_PACKAGE_NOT_FOR_PLATFORM
 */
export function stagedClosure(
  tree: StageTree,
  project: string,
  target: Target,
  hasMore: boolean,
): StagedClosure {
  const all = reach(tree, project, target, () => true);
  const wanted = new Set([...all, ...extras(tree, all, target, hasMore)]);
  const general = reach(tree, project, target, (manifest) => !isPlatformSpecific(namedPlatforms(manifest)));
  const packages = [...wanted].filter((path) => tree.packages.has(path)).sort();
  const isEverywhere = (path: string) =>
    (general.has(path) || !all.has(path)) &&
    !isPlatformSpecific(namedPlatforms(tree.packages.get(path) ?? {}));
  return {
    packages,
    everywhere: new Set(packages.filter(isEverywhere)),
    workspaces: [...all].filter((path) => tree.workspaces.has(path)),
  };
}

export function namedPlatforms({ os, cpu, libc }: PackageManifest) {
  return { os, cpu, libc };
}

/** @param through whether to go on from a package to what it needs */
function reach(
  tree: StageTree,
  project: string,
  target: Target,
  through: (manifest: PackageManifest) => boolean,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [project];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const manifest = tree.packages.get(path) ?? tree.workspaces.get(path);
    if (manifest && through(manifest)) waiting.push(...needsOf(tree, path, manifest, target));
  }
  return reached;
}

function* needsOf(
  tree: StageTree,
  path: string,
  manifest: PackageManifest,
  target: Target,
): Iterable<string> {
  for (const { name, optional } of productionNeeds(manifest)) {
    const found = resolveName((at) => tree.packages.has(at), tree.links, path, name);
    const needed = found === undefined ? undefined : tree.packages.get(found);
    if (found === undefined) continue;
    if (!needed || fitsTarget(namedPlatforms(needed), target)) yield found;
    else if (!optional) {
      const platform = formatPlatform(target.platform);
      throw buildErrors.CATA_PACKAGE_NOT_FOR_PLATFORM({ name, platform });
    }
  }
  // In a store, a package has all it needs beside it, also what a hook or an extension has added.
  const beside = /^(?:.*\/)?node_modules\/\.[^/]+\/[^/]+\/node_modules\//.exec(path)?.[0];
  if (beside === undefined) return;
  for (const [link, to] of tree.links) {
    const needed = link.startsWith(beside) && tree.packages.get(to);
    if (needed && fitsTarget(namedPlatforms(needed), target)) yield to;
  }
}

/** What is there without being asked for: all that fits, or only what a package has brought with it. */
function* extras(
  { packages }: StageTree,
  reached: ReadonlySet<string>,
  target: Target,
  hasMore: boolean,
): Iterable<string> {
  for (const [path, manifest] of packages) {
    if (reached.has(path) || !fitsTarget(namedPlatforms(manifest), target)) continue;
    if (!hasMore || isBundled(packages, path, reached)) yield path;
  }
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#bundledependencies */
function isBundled(packages: StageTree['packages'], path: string, reached: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf('/node_modules/'); at > 0; at = path.lastIndexOf('/node_modules/', at - 1)) {
    const { bundleDependencies, bundledDependencies } = packages.get(path.slice(0, at)) ?? {};
    const bundled = bundleDependencies ?? bundledDependencies;
    const bundles = bundled === true || (Array.isArray(bundled) && bundled.length > 0);
    if (bundles && reached.has(path.slice(0, at))) return true;
  }
  return false;
}
