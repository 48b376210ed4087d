import { type Context, runStep, runTogether } from '@catamaran/oci';
import type { Cache } from '../cache/cache.ts';
import type { DependencySource } from '../dependencies/dependency-source.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Project } from '../project/project.ts';
import type { Application } from './application.ts';
import { bundleApplication } from './bundle-application.ts';
import { checkTypes } from './check-types.ts';

/** The project's own code as the image gets it; its types are checked meanwhile. */
export async function prepareApplication(
  project: Project,
  dependencies: DependencySource,
  cache: Cache,
  inputs: InputLog,
  ctx: Context,
): Promise<Application> {
  const [application] = await runTogether(
    [
      (inner) =>
        runStep('bundle', 'Application bundle', inner, () =>
          bundleApplication(project, dependencies, inputs),
        ),
      (inner) => checkTypes(project, cache, inputs, inner),
    ],
    ctx,
  );
  return application;
}
