import { type Context, unlessAborted } from '@catamaran/oci';
import { type BuiltLayer, builtLayer } from '../../builders/builder.ts';
import { buildErrors } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { formatTarget, type Target } from '../../target/target.ts';
import { dependencyLayers } from '../dependency-layers.ts';
import type { DependencyServices } from '../dependency-services.ts';
import type { DependencySource } from '../dependency-source.ts';
import { folderLayer } from '../folder-layer.ts';
import { hasLinks } from '../linked-folders.ts';
import type { NpmDependencyOptions } from '../npm-dependencies.ts';
import { resolvePlaces } from '../resolve-places.ts';
import { borrowedLinks } from './borrowed-links.ts';
import { chosenWorkspaces } from './chosen-workspaces.ts';
import { commandLinks, packageLinks } from './image-links.ts';
import { install } from './install.ts';
import type { InstallPlan } from './install-plan.ts';
import type { Installed } from './installed.ts';
import { type FoldersRequest, installedFolders } from './installed-folders.ts';
import { packedCandidates } from './packed-candidates.ts';
import { importResolver } from './resolve-managed-import.ts';

/**
 * What another package manager than npm installs for each target, out of a stage.
 * @throws what `install` throws
 */
export async function managedDependencies(
  plan: InstallPlan,
  project: Project,
  targets: readonly Target[],
  services: DependencyServices,
  { links }: NpmDependencyOptions,
  ctx: Context,
): Promise<DependencySource> {
  // An application that brings all of its packages with it asks for none.
  const wanted = project.app.dependencies === 'none' ? [] : targets;
  const all = await install(plan, wanted, services, ctx);
  const known = new Map(wanted.map((target, at) => [JSON.stringify(target), all[at]] as const));
  const installedFor = async (target: Target, inner: Context) =>
    known.get(JSON.stringify(target)) ?? (await install(plan, [target], services, inner))[0];
  const candidatesOf = packedCandidates(services.cache, (inner) =>
    install(plan, wanted, services, inner, true),
  );
  const { root } = plan.lockfile;
  return {
    root,
    workspace: plan.workspace,
    async layers(target: Target, inner: Context): Promise<readonly BuiltLayer[]> {
      const installed = await installedFor(target, inner);
      if (!installed) return [];
      requirePlatforms(plan, installed, project, target);
      const native = { ...services, root };
      const candidates = candidatesOf(installed);
      const places = await resolvePlaces(candidates, target, project.app.native, native, inner);
      const { app } = project;
      const inImage = [...installed.links, ...(app.bundle ? borrowedLinks(installed, app.external) : [])];
      const beside = [...packageLinks(installed, inImage), ...commandLinks(installed, places)];
      const workspaces = chosenWorkspaces(installed, links);
      const folders = { plan, installed, workspaces, links: inImage, project, target };
      return [
        ...(hasLinks(links) ? await foldersOf(folders, services, inner) : []),
        ...(await dependencyLayers(places, beside, target, { ...services, project }, inner)),
      ];
    },
    async packages(target, inner) {
      const installed = await installedFor(target, inner);
      return installed ? candidatesOf(installed) : [];
    },
    resolveImport: importResolver(plan, all, project.app.external),
  };
}

/** @throws CATA_INSTALL_WITHOUT_PLATFORM */
function requirePlatforms(
  { manager, lockfile }: InstallPlan,
  { gaps }: Installed,
  project: Project,
  target: Target,
): void {
  const gap = gaps.find(({ name }) => project.app.native[name] !== 'skip');
  if (!gap) return;
  throw buildErrors.CATA_INSTALL_WITHOUT_PLATFORM({
    name: gap.name,
    missing: gap.missing.map((one) => `"${one}"`).join(' or '),
    platform: formatTarget(target),
    manager: manager.title,
    lockfile: lockfile.path,
    usual: manager.usual,
  });
}

async function foldersOf(
  request: FoldersRequest,
  { cache, inputs, built }: DependencyServices,
  ctx: Context,
): Promise<BuiltLayer[]> {
  // A failure of the command is told by whoever runs it.
  await unlessAborted(Promise.allSettled([built]), ctx.signal);
  const { files, links } = await installedFolders(request, inputs);
  if (files.length + links.length === 0) return [];
  const { workspaces, project } = request;
  const title = 'Folders of the project';
  const layer = await folderLayer(title, files, links, project.sourceDateEpoch, cache, ctx);
  return [builtLayer(layer, `catamaran: ${title} (${workspaces.length})`)];
}
