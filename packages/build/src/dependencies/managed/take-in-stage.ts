import { join } from 'node:path';
import { type Context, runTogether } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import { fitsTarget, isPlatformSpecific } from '../../npm/fits-target.ts';
import type { Target } from '../../target/target.ts';
import type { Installed, InstalledPackage } from './installed.ts';
import { packPackage } from './pack-package.ts';
import { type PackageManifest, productionNeeds } from './package-manifest.ts';
import type { Stage } from './stage.ts';
import { readStageTree, resolveName, type StageTree } from './stage-tree.ts';
import { namedPlatforms, type StagedClosure, stagedClosure } from './staged-closure.ts';

/** How many packages are packed at a time. */
const atOnce = 4;

/** Finds what each target needs of an install, and packs it into the cache. */
export async function takeInStage(
  stage: Stage,
  targets: readonly Target[],
  hasMore: boolean,
  cache: Cache,
  ctx: Context,
): Promise<Installed[]> {
  const tree = await readStageTree(stage);
  const closures = targets.map((target) => ({
    target,
    closure: stagedClosure(tree, stage.workspace, target, hasMore),
  }));
  const paths = [...new Set(closures.flatMap(({ closure }) => closure.packages))];
  const blobs = await runTogether(
    paths.map(
      (path) =>
        ({ signal }: Context) =>
          packPackage(join(stage.folder, path), cache.blobs, signal),
    ),
    ctx,
    atOnce,
  );
  const contents = new Map(paths.map((path, at) => [path, blobs[at]] as const));
  return closures.map(({ target, closure }) => ({
    packages: closure.packages.flatMap((location): InstalledPackage[] => {
      const content = contents.get(location);
      const manifest = tree.packages.get(location);
      if (!content || !manifest) return [];
      const { name = location.replace(/^.*node_modules\//, ''), version = '0.0.0' } = manifest;
      return [
        {
          location,
          name,
          version,
          ...content,
          isEverywhere: closure.everywhere.has(location),
          platformPackages: platformPackages(tree, location, manifest, target),
        },
      ];
    }),
    links: linksOf(tree, closure),
    workspaces: closure.workspaces.map((location) => ({
      location,
      needs: [...productionNeeds(tree.workspaces.get(location) ?? {})].map(({ name }) => name),
    })),
  }));
}

/** Links to what the project needs, but for those in workspaces that it does not. */
function linksOf(tree: StageTree, { packages, workspaces }: StagedClosure): Installed['links'] {
  const wanted = new Set([...packages, ...workspaces]);
  const owners = new Set(['', ...workspaces]);
  const isWanted = (from: string, to: string) => {
    const owner = from.slice(0, Math.max(from.indexOf('node_modules/') - 1, 0));
    return wanted.has(to) && (owners.has(owner) || !tree.workspaces.has(owner));
  };
  return [...tree.links].filter(([from, to]) => isWanted(from, to)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The optional dependencies that are for some platforms only. One that is not installed has left nothing but its name,
 * in which such packages say what they are for, as in "@img/sharp-linux-arm64".
 */
function platformPackages(
  tree: StageTree,
  location: string,
  { optionalDependencies = {} }: PackageManifest,
  target: Target,
): InstalledPackage['platformPackages'] {
  return Object.keys(optionalDependencies).flatMap((name) => {
    const found = resolveName((at) => tree.packages.has(at), tree.links, location, name);
    const manifest = found === undefined ? undefined : tree.packages.get(found);
    if (!manifest) {
      const os = namedSystems(name);
      return os.length > 0 ? [{ name, os, isPresent: false }] : [];
    }
    const platforms = namedPlatforms(manifest);
    if (!isPlatformSpecific(platforms)) return [];
    return [{ name, os: platforms.os ?? [], isPresent: fitsTarget(platforms, target) }];
  });
}

const systems = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'sunos', 'aix'];

function namedSystems(name: string): string[] {
  const words = name.split(/[^a-z0-9]+/);
  return systems.filter((system) => words.includes(system));
}
