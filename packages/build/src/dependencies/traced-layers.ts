import { posix } from 'node:path';
import { type Context, formatPlatform } from '@catamaran/oci';
import type { BuiltLayer } from '../builders/builder.ts';
import { imagePath } from '../builders/node/image-paths.ts';
import { buildErrors } from '../errors.ts';
import type { Project } from '../project/project.ts';
import type { NativeTracedPackage, Trace, TracedPackage } from '../source/traced/traced-package.ts';
import type { Target } from '../target/target.ts';
import { dependencyLayers } from './dependency-layers.ts';
import type { PackageCandidate } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencySource } from './dependency-source.ts';
import { resolvePlaces } from './resolve-places.ts';

/** The last node_modules of a path, and the package in it. */
const lastFolder = /node_modules\/(?:@[^/]+\/)?[^/]+$/;

/**
 * The native packages of a framework's trace, as a target needs them: those of the lockfile's closure, in the folders in
 * which this machine's were traced. The trace itself says only that they are needed.
 * @throws CATA_TRACED_PACKAGE_UNKNOWN and what `resolvePlaces` throws
 */
export async function tracedLayers(
  trace: Trace,
  dependencies: DependencySource,
  target: Target,
  services: DependencyServices & { readonly project: Project },
  ctx: Context,
): Promise<readonly BuiltLayer[]> {
  if (trace.native.length === 0) return [];
  const candidates = tracedCandidates(trace, await dependencies.packages(target, ctx), target);
  const settings = services.project.app.native;
  const { root } = dependencies;
  const places = await resolvePlaces(candidates, target, settings, { ...services, root }, ctx);
  // What is the same on every target is put beside those that need it all the same: the trace has none of it.
  const native = [...places.neutral, ...places.native].sort((a, b) => (a.path < b.path ? -1 : 1));
  return dependencyLayers({ ...places, neutral: [], native }, [], target, services, ctx);
}

/** What takes the place of each native package of a trace on a target, with the places that the trace has for them. */
export function tracedCandidates(
  trace: Trace,
  packages: readonly PackageCandidate[],
  target: Target,
): readonly PackageCandidate[] {
  const found = new Map<string, PackageCandidate>();
  const put = (candidate: PackageCandidate, path: string) => {
    if (found.has(path)) return;
    found.set(path, { ...candidate, path: imagePath(path) });
    // Such a package may come in parts: sharp's has libvips.
    for (const part of partsOf(candidate, packages)) put(part, beside(path, part.name));
  };
  for (const traced of trace.native) {
    const places = [traced.path, ...traced.links];
    const parts = traced.isForPlatforms ? partsInPlaceOf(traced, places, trace, packages) : [];
    for (const { part, path } of parts) put(part, path);
    if (parts.length > 0) continue;
    const itself = same(traced, packages);
    if (!itself) throw unknown(traced, target);
    for (const place of places) put(itself, place);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What a target has instead of a package that is for another platform: the parts of the packages that have it among
 * their optional dependencies, each where such a package finds it first. pnpm has links to it further up, too.
 */
function partsInPlaceOf(
  traced: NativeTracedPackage,
  places: readonly string[],
  trace: Trace,
  packages: readonly PackageCandidate[],
): { readonly part: PackageCandidate; readonly path: string }[] {
  // A part that is in parts itself is put elsewhere, and they with it.
  const moved = new Set(trace.native.flatMap(({ path, isForPlatforms }) => (isForPlatforms ? [path] : [])));
  return trace.packages.flatMap((parent) => {
    if (!parent.optional.includes(traced.name) || moved.has(parent.path)) return [];
    const above = places.filter((place) => parent.path.startsWith(place.replace(lastFolder, '')));
    const nearest = above.toSorted(
      (a, b) => b.replace(lastFolder, '').length - a.replace(lastFolder, '').length,
    )[0];
    const candidate = same(parent, packages);
    if (nearest === undefined || !candidate) return [];
    return partsOf(candidate, packages).map((part) => ({ part, path: beside(nearest, part.name) }));
  });
}

/** Those of a package's optional dependencies that are for platforms, and that this target has. */
function partsOf(
  { platformPackages, location }: PackageCandidate,
  packages: readonly PackageCandidate[],
): PackageCandidate[] {
  return platformPackages.flatMap((part) => {
    const ofName = packages.filter(({ name }) => name === part);
    const nearest = ofName.find((candidate) => candidate.location.startsWith(`${location}/`)) ?? ofName[0];
    return nearest ? [nearest] : [];
  });
}

function same(traced: TracedPackage, packages: readonly PackageCandidate[]): PackageCandidate | undefined {
  return packages.find(({ name, version }) => name === traced.name && version === traced.version);
}

/** The place of a package in the node_modules that another one's folder is in. */
function beside(path: string, other: string): string {
  return posix.join(path.replace(lastFolder, 'node_modules'), other);
}

function unknown({ name, version, path }: TracedPackage, { platform }: Target): Error {
  return buildErrors.CATA_TRACED_PACKAGE_UNKNOWN({
    name: version ? `${name}@${version}` : name,
    path,
    platform: formatPlatform(platform),
  });
}
