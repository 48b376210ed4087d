import { type Context, formatPlatform } from '@catamaran/oci';
import { type BuiltLayer, builtLayer } from '../builders/builder.ts';
import type { Cache } from '../cache/cache.ts';
import type { InputLog } from '../inputs/input-log.ts';
import { readLockfile } from '../npm/lockfile.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { requireAgreement } from '../npm/require-agreement.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import { dependencyLayer } from './dependency-layer.ts';
import { dependencyPlaces } from './dependency-places.ts';
import type { DependencySource } from './dependency-source.ts';
import type { PackagePlace } from './package-member.ts';
import { resolveImport } from './resolve-import.ts';

/** What `package-lock.json` names, out of the packages' own tarballs. */
export async function npmDependencies(
  project: Project,
  cache: Cache,
  npmOptions: () => Promise<NpmOptions>,
  targets: readonly Target[],
  inputs: InputLog,
): Promise<DependencySource> {
  const lockfile = await readLockfile(project.folder, inputs);
  await requireAgreement(lockfile, inputs);
  const closures = targets.map((target) => productionClosure(lockfile, target));
  const closure: Closure = new Map(closures.flatMap((one) => [...one]));
  const packages = async (
    places: readonly PackagePlace[],
    title: string,
    ctx: Context,
  ): Promise<BuiltLayer[]> => {
    if (places.length === 0) return [];
    const layer = await dependencyLayer(places, title, project.sourceDateEpoch, cache, npmOptions, ctx);
    return [builtLayer(layer, `catamaran: ${title} (${places.length})`)];
  };
  return {
    root: lockfile.root,
    workspace: lockfile.workspace,
    async layers(target: Target, ctx: Context) {
      const places = dependencyPlaces(lockfile, target, project.app.native);
      return [
        ...(await packages(places.neutral, 'Packages for every platform', ctx)),
        ...(await packages(places.native, `Native packages for ${formatPlatform(target.platform)}`, ctx)),
      ];
    },
    resolveImport: (importer, name) => resolveImport(lockfile, closure, importer, name),
  };
}
