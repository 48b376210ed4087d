import { join } from 'node:path';
import { type Context, sharedLookup } from '@catamaran/oci';
import type { InputLog } from '../inputs/input-log.ts';
import { type Lockfile, readLockfile } from '../npm/lockfile.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { requireAgreement } from '../npm/require-agreement.ts';
import { settleSpec, type UnsettledSpec } from '../npm/settle-spec.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import { dependencyPlaces } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencySource } from './dependency-source.ts';
import type { LinkChoice } from './linked-folders.ts';
import { npmDoubts } from './npm-doubts.ts';
import { npmCandidates, npmLayers } from './npm-layers.ts';
import { resolveImport } from './resolve-import.ts';

export interface NpmDependencyOptions {
  /**
   * Which of the workspaces and other folders that the lockfile links to are packages of the image: all, or those of
   * some names with those that they need. The source of the others is part of the application's bundle.
   */
  readonly links: LinkChoice;
}

/**
 * What `package-lock.json` names, out of the packages' own tarballs.
 * @throws CATA_LOCKFILE_MISSING, CATA_LOCKFILE_DISAGREES, CATA_NATIVE_PACKAGE_MISSING and what `productionClosure` throws
 */
export async function npmDependencies(
  project: Project,
  targets: readonly Target[],
  services: DependencyServices,
  { links }: NpmDependencyOptions = { links: [] },
): Promise<DependencySource> {
  const { inputs } = services;
  const lockfile = await readLockfile(project.folder, inputs);
  // npm's registries, and the tokens for those.
  for (const folder of new Set([lockfile.root, project.folder])) inputs.file(join(folder, '.npmrc'));
  const closures = targets.map((target) => productionClosure(lockfile, target));
  tellFiles(lockfile, closures, inputs);
  const linked = closures.flatMap((closure) => [...closure.links.values()]);
  for (const location of new Set([lockfile.workspace, ...linked])) {
    await requireAgreement(lockfile, inputs, location);
  }
  const settings = project.app.native;
  const doubts = npmDoubts(lockfile, targets, closures, settings);
  const tellDoubts = (ctx: Context) => {
    for (const message of doubts.splice(0)) ctx.emit({ type: 'warning', message });
  };
  const settle = sharedLookup<UnsettledSpec, Awaited<ReturnType<typeof settleSpec>>>({
    keyOf: ({ name, version, resolved = '', integrity = '' }) =>
      [name, version, resolved, integrity].join(' '),
    look: (spec, ctx) => settleSpec(spec, services, ctx),
  });
  const locations = new Set(closures.flatMap(({ packages }) => [...packages.keys()]));
  return {
    root: lockfile.root,
    workspace: lockfile.workspace,
    layers(target: Target, ctx: Context) {
      tellDoubts(ctx);
      const packages = dependencyPlaces(lockfile, target, settings);
      return npmLayers({ lockfile, packages, target, links, settle, project }, services, ctx);
    },
    packages(target, ctx) {
      tellDoubts(ctx);
      return npmCandidates({ packages: dependencyPlaces(lockfile, target, settings), settle }, ctx);
    },
    resolveImport: (importer, name) => resolveImport(lockfile, locations, links, importer, name),
  };
}

/** Tarballs that lie in files of the project. */
function tellFiles({ root }: Lockfile, closures: readonly Closure[], inputs: InputLog): void {
  for (const { resolved } of closures.flatMap(({ packages }) => [...packages.values()])) {
    if (resolved?.startsWith('file:')) inputs.file(join(root, resolved.slice('file:'.length)));
  }
}
