import type { Context } from '@catamaran/oci';
import type { BuiltLayer } from '../builders/builder.ts';
import { readLockfile } from '../npm/lockfile.ts';
import { type Closure, productionClosure } from '../npm/production-closure.ts';
import { requireAgreement } from '../npm/require-agreement.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import { dependencyLayers } from './dependency-layers.ts';
import { dependencyPlaces } from './dependency-places.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencySource } from './dependency-source.ts';
import { resolveImport } from './resolve-import.ts';
import { resolvePlaces } from './resolve-places.ts';

/** What `package-lock.json` names, out of the packages' own tarballs. */
export async function npmDependencies(
  project: Project,
  targets: readonly Target[],
  services: DependencyServices,
): Promise<DependencySource> {
  const { inputs } = services;
  const lockfile = await readLockfile(project.folder, inputs);
  await requireAgreement(lockfile, inputs);
  const closures = targets.map((target) => productionClosure(lockfile, target));
  const closure: Closure = new Map(closures.flatMap((one) => [...one]));
  return {
    root: lockfile.root,
    workspace: lockfile.workspace,
    async layers(target: Target, ctx: Context): Promise<readonly BuiltLayer[]> {
      const candidates = dependencyPlaces(lockfile, target);
      const { root } = lockfile;
      const places = await resolvePlaces(candidates, target, project.app.native, { ...services, root }, ctx);
      return dependencyLayers(places, [], target, { ...services, project }, ctx);
    },
    resolveImport: (importer, name) => resolveImport(lockfile, closure, importer, name),
  };
}
