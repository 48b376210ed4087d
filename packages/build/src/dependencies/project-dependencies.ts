import { join } from 'node:path';
import type { Context } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../target/target.ts';
import type { DependencyServices } from './dependency-services.ts';
import type { DependencySource } from './dependency-source.ts';
import { lockfilesAbove } from './find-lockfile.ts';
import { type NpmDependencyOptions, npmDependencies } from './npm-dependencies.ts';

/**
 * A project's packages, by the nearest lockfile that knows its folder, whatever package manager wrote it.
 * @throws CATA_LOCKFILE_MISSING, CATA_LOCKFILES_SEVERAL and what the package manager's own way throws
 */
export async function projectDependencies(
  project: Project,
  targets: readonly Target[],
  services: DependencyServices,
  ctx: Context,
): Promise<DependencySource> {
  const { folder, app } = project;
  // A bundle has the source of all workspaces in it, but for those that are to stay outside.
  const options: NpmDependencyOptions = { links: app.bundle ? app.external : 'all' };
  for await (const { manager, ...lockfile } of lockfilesAbove(folder, services.inputs)) {
    // npm's looks further up by itself.
    if (manager === 'npm') return npmDependencies(project, targets, services, options);
    // Loaded by who has another manager: most have npm.
    const [{ planInstall }, { managedDependencies }] = await Promise.all([
      import('./managed/install-plan.ts'),
      import('./managed/managed-dependencies.ts'),
    ]);
    const plan = await planInstall({ ...lockfile, manager }, folder, services.inputs);
    if (plan) return managedDependencies(plan, project, targets, services, options, ctx);
  }
  throw buildErrors.CATA_LOCKFILE_MISSING({ path: join(folder, 'package-lock.json') });
}
