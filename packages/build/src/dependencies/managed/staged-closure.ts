import { isPlatformSpecific } from '../../npm/fits-target.ts';
import type { Target } from '../../target/target.ts';
import type { PackageManifest } from './package-manifest.ts';
import type { StageTree } from './stage-tree.ts';
import { namedPlatforms, type StagedNeeds, stagedNeeds } from './staged-needs.ts';

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
  const needs = stagedNeeds(tree, target);
  const isGeneral = (manifest: PackageManifest = {}) => !isPlatformSpecific(namedPlatforms(manifest));
  const all = reach(needs, project, () => true);
  const general = reach(needs, project, (path) => isGeneral(tree.packages.get(path)));
  const wanted = new Set([...all, ...extras(tree, all, needs, hasMore)]);
  const packages = [...wanted].filter((path) => tree.packages.has(path)).sort();
  const isEverywhere = (path: string) =>
    (general.has(path) || !all.has(path)) && isGeneral(tree.packages.get(path));
  return {
    packages,
    everywhere: new Set(packages.filter(isEverywhere)),
    workspaces: [...all].filter((path) => tree.workspaces.has(path)),
  };
}

/** @param through whether to go on from a package to what it needs */
function reach(needs: StagedNeeds, project: string, through: (path: string) => boolean): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [project];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    if (through(path)) waiting.push(...needs.of(path));
  }
  return reached;
}

/** What is there without being asked for: all that runs, or only what a package has brought with it. */
function* extras(
  { packages }: StageTree,
  reached: ReadonlySet<string>,
  needs: StagedNeeds,
  hasMore: boolean,
): Iterable<string> {
  for (const path of packages.keys()) {
    if (reached.has(path) || !needs.runs(path)) continue;
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
