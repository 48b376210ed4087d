import { join } from 'node:path';
import { type Context, sharedLookup } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { type Lockfile, readLockfile } from '../npm/lockfile.ts';
import { type PlatformGap, platformGaps } from '../npm/platform-gaps.ts';
import { productionClosure } from '../npm/production-closure.ts';
import { requireAgreement } from '../npm/require-agreement.ts';
import { settleSpec, type UnsettledSpec } from '../npm/settle-spec.ts';
import type { Project } from '../project/project.ts';
import { formatTarget, type Target } from '../target/target.ts';
import { dependencyPlaces } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencySource } from './dependency-source.ts';
import type { LinkChoice } from './linked-folders.ts';
import { npmLayers } from './npm-layers.ts';
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
  // Where npm reads them: its registries, and the tokens for those.
  for (const folder of new Set([lockfile.root, project.folder])) inputs.file(join(folder, '.npmrc'));
  const closures = targets.map((target) => productionClosure(lockfile, target));
  const linked = closures.flatMap((closure) => [...closure.links.values()]);
  for (const location of new Set([lockfile.workspace, ...linked])) {
    await requireAgreement(lockfile, inputs, location);
  }
  const settings = project.app.native;
  const doubts = targets.flatMap((target, at) => {
    const gaps = platformGaps(lockfile, closures[at] ?? productionClosure(lockfile, target), target);
    return doubtsAbout(
      gaps.filter(({ name }) => settings[name] !== 'skip'),
      lockfile,
      target,
    );
  });
  for (const { from, name, wanted } of closures.flatMap(({ missingPeers }) => missingPeers)) {
    doubts.push(
      `"${from || 'The project'}" wants "${name}" (${wanted}) beside it, which "${lockfile.path}" does not have.`,
    );
  }
  const tellDoubts = (ctx: Context) => {
    for (const message of new Set(doubts.splice(0))) ctx.emit({ type: 'warning', message });
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
    resolveImport: (importer, name) => resolveImport(lockfile, locations, links, importer, name),
  };
}

/** What was pruned is an error; what a package never had may be made up for by something else in it. */
function doubtsAbout(gaps: readonly PlatformGap[], { path }: Lockfile, target: Target): string[] {
  return gaps.map(({ name, pruned, present }) => {
    const platform = formatTarget(target);
    if (pruned.length === 0)
      return `"${name}" has packages of its own for Linux (${present.join(', ')}), and none for ${platform}: it may not work there.`;
    throw buildErrors.CATA_NATIVE_PACKAGE_MISSING({
      name,
      platform,
      missing: pruned.map((one) => `"${one}"`).join(', '),
      lockfile: path,
    });
  });
}
