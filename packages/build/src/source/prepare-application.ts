import { type Context, runTogether } from '@catamaran/oci';
import type { Cache } from '../cache/cache.ts';
import type { DependencySource } from '../dependencies/dependency-source.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Project } from '../project/project.ts';
import type { Application } from './application.ts';
import { bundleWithAssets } from './bundle/bundle-with-assets.ts';
import { collectApplication } from './collect-application.ts';
import { runBuildCommand } from './command/run-build-command.ts';
import { pickGeneratedClient } from './generated/prisma-client.ts';
import { checkTypes } from './types/check-types.ts';

export interface SourceServices {
  readonly cache: Cache;
  readonly inputs: InputLog;
  /** The user's environment, for the project's own command. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The project's own code as the image gets it, once its command has run; its types are checked meanwhile. */
export async function prepareApplication(
  project: Project,
  dependencies: DependencySource,
  { cache, inputs, env }: SourceServices,
  ctx: Context,
): Promise<Application> {
  const { build, bundle } = project.app;
  if (build) {
    inputs.environment();
    await runBuildCommand(project, build, env, ctx);
  }
  const make = bundle ? bundleWithAssets : collectApplication;
  const [application] = await runTogether(
    [
      (inner) => make(project, dependencies, inputs, inner),
      (inner) => checkTypes(project, cache, inputs, inner),
    ],
    ctx,
  );
  if (project.app.dependencies !== 'lockfile') return application;
  const generated = await pickGeneratedClient(project, application, dependencies, inputs, ctx);
  const own = new Set(application.files.map(({ path }) => path));
  const beside = generated.filter(({ path }) => !own.has(path));
  return { ...application, files: [...application.files, ...beside] };
}
