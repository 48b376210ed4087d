import type { WrittenBlob } from '@catamaran/oci';
import { type BinLink, binLinks } from '../../npm/bin-links.ts';
import { fitsTarget, isPlatformSpecific } from '../../npm/fits-target.ts';
import { namedFor } from '../../npm/platform-name.ts';
import { packageName } from '../../npm/resolve-location.ts';
import type { Target } from '../../target/target.ts';
import type { Installed, InstalledPackage, InstallGap } from './installed.ts';
import { productionNeeds } from './package-manifest.ts';
import { resolveName, type StageTree } from './stage-tree.ts';
import type { StagedClosure } from './staged-closure.ts';
import { namedPlatforms } from './staged-needs.ts';

/** What there is to know of an install for a target once its stage is gone. */
export function describeInstall(
  tree: StageTree,
  closure: StagedClosure,
  contents: ReadonlyMap<string, WrittenBlob | undefined>,
  target: Target,
): Installed {
  const links = linksOf(tree, closure);
  return {
    packages: closure.packages.flatMap((location): InstalledPackage[] => {
      const content = contents.get(location);
      const { name = packageName(location), version = '0.0.0' } = tree.packages.get(location) ?? {};
      const isEverywhere = closure.everywhere.has(location);
      const own = platformPackages(tree, location, target);
      return content ? [{ location, name, version, ...content, isEverywhere, platformPackages: own }] : [];
    }),
    links,
    workspaces: closure.workspaces.map((location) => {
      const manifest = tree.workspaces.get(location) ?? {};
      const { name = location, version = '0.0.0' } = manifest;
      const needs = [...productionNeeds(manifest)].map((need) => need.name);
      return { location, folder: tree.copies.get(location) ?? location, name, version, needs };
    }),
    bins: binsOf(tree, closure, links),
    gaps: closure.packages.flatMap((location) => gapAt(tree, location, target) ?? []),
  };
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

/** As npm would link them; not those that packages in a store have for themselves, which nobody runs. */
function binsOf(tree: StageTree, closure: StagedClosure, links: Installed['links']): readonly BinLink[] {
  const isInStore = (location: string) => /(^|\/)node_modules\/\./.test(location);
  const packages = closure.packages.filter((location) => !isInStore(location));
  const own = links.filter(([from]) => !isInStore(from));
  const found = { packages: new Map(packages.map((one) => [one, {}])), links: new Map(own) };
  return binLinks({ ...found, missingPeers: [] }, (location) => {
    const { bin } = tree.packages.get(location) ?? tree.workspaces.get(location) ?? {};
    return { bin };
  });
}

function optionalPackages(tree: StageTree, location: string) {
  const { optionalDependencies = {} } = tree.packages.get(location) ?? {};
  return Object.keys(optionalDependencies).map((name) => {
    const found = resolveName((at) => tree.packages.has(at), tree.links, location, name);
    return { name, manifest: found === undefined ? undefined : tree.packages.get(found) };
  });
}

function platformPackages(
  tree: StageTree,
  location: string,
  target: Target,
): InstalledPackage['platformPackages'] {
  return optionalPackages(tree, location).flatMap(({ name, manifest }) => {
    const platforms = manifest && namedPlatforms(manifest);
    return platforms && isPlatformSpecific(platforms) && fitsTarget(platforms, target) ? [name] : [];
  });
}

/** A package that comes with one for each platform works on none whose package is not there. */
function gapAt(tree: StageTree, location: string, target: Target): InstallGap | undefined {
  const optional = optionalPackages(tree, location);
  const missing = namedFor(
    optional.map(({ name }) => name),
    target,
  );
  const isThere = optional.some(
    ({ name, manifest }) =>
      missing.includes(name) && manifest && fitsTarget(namedPlatforms(manifest), target),
  );
  if (missing.length === 0 || isThere) return undefined;
  return { name: tree.packages.get(location)?.name ?? packageName(location), missing };
}
