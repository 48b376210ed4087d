import { type Context, runTogether, unlessAborted } from '@catamaran/oci';
import { type BuiltLayer, builtLayer } from '../builders/builder.ts';
import { imagePath } from '../builders/node/image-paths.ts';
import { linkText } from '../npm/bin-links.ts';
import type { TarballSpec } from '../npm/fetch-tarball.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import type { UnsettledSpec } from '../npm/settle-spec.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import { holderOf } from './command-files.ts';
import { dependencyLayers } from './dependency-layers.ts';
import type { LockedCandidate, PackageCandidate, TargetPackages } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';
import { folderLayer } from './folder-layer.ts';
import { installFolders } from './install-folders.ts';
import { installedLinks, type LinkChoice } from './linked-folders.ts';
import { resolvePlaces } from './resolve-places.ts';

export interface NpmLayersRequest {
  readonly project: Project;
  readonly lockfile: Lockfile;
  readonly packages: TargetPackages;
  readonly target: Target;
  readonly links: LinkChoice;
  /** Finds the integrity that the lockfile does not have. */
  readonly settle: (spec: UnsettledSpec, ctx: Context) => Promise<TarballSpec>;
}

/** How many packages without an integrity are fetched at a time. */
const atOnce = 4;

/** The packages that a target needs, each with its integrity. */
export function npmCandidates(
  { packages, settle }: Pick<NpmLayersRequest, 'packages' | 'settle'>,
  ctx: Context,
): Promise<readonly PackageCandidate[]> {
  return runTogether(
    packages.packages.map((candidate) => (inner: Context) => settled(candidate, settle, inner)),
    ctx,
    atOnce,
  );
}

/** The layers of what a target needs: folders of the project, and packages. */
export async function npmLayers(
  request: NpmLayersRequest,
  services: DependencyServices,
  ctx: Context,
): Promise<readonly BuiltLayer[]> {
  const { project, packages, target } = request;
  const candidates = await npmCandidates(request, ctx);
  const { root } = request.lockfile;
  const places = await resolvePlaces(candidates, target, project.app.native, { ...services, root }, ctx);
  const commands = packages.bins.flatMap(({ owner, file, location }) => {
    const holder = holderOf(owner, packages.closure.packages);
    const leadsTo = imagePath(holder);
    const isThere = places.files.get(leadsTo)?.has(`${owner}/${file}`.slice(holder.length + 1));
    return isThere
      ? [{ path: imagePath(location), target: linkText({ owner, file, location }), leadsTo }]
      : [];
  });
  return [
    ...(await foldersOf(request, services, ctx)),
    ...(await dependencyLayers(places, commands, target, { ...services, project }, ctx)),
  ];
}

async function settled(
  { kind, isTakenUnprepared, integrity, ...candidate }: LockedCandidate,
  settle: NpmLayersRequest['settle'],
  ctx: Context,
): Promise<PackageCandidate> {
  const { name, version, resolved } = candidate;
  const address = resolved === undefined ? {} : { resolved };
  const known = integrity === undefined ? {} : { integrity };
  const spec = await settle({ kind, isTakenUnprepared, name, version, ...address, ...known }, ctx);
  return { ...candidate, ...spec };
}

async function foldersOf(
  request: NpmLayersRequest,
  { cache, inputs, built }: DependencyServices,
  ctx: Context,
): Promise<BuiltLayer[]> {
  const chosen = installedLinks(request.lockfile, request.packages.closure, request.links);
  if (chosen.size + request.packages.folders.size === 0) return [];
  // A failure of the command is told by whoever runs it.
  await unlessAborted(Promise.allSettled([built]), ctx.signal);
  const { files, links, count } = await installFolders(request, chosen, inputs);
  if (files.length + links.length === 0) return [];
  const title = 'Folders of the project';
  const layer = await folderLayer(title, files, links, request.project.sourceDateEpoch, cache, ctx);
  return [builtLayer(layer, `catamaran: ${title} (${count})`)];
}
