import { type Context, runStep } from '@catamaran/oci';
import type { DependencySource } from '../dependencies/dependency-source.ts';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Project } from '../project/project.ts';
import type { Application } from './application.ts';
import { danglingLinks } from './files/dangling-links.ts';
import { pickApplicationFiles } from './files/pick-application-files.ts';
import { placeIn } from './files/place-in.ts';
import { selectionsOf } from './files/selection.ts';
import { runsAsItIs } from './runs-as-it-is.ts';
import { splitTrace } from './traced/split-trace.ts';

/** Everything of the project, but what is Catamaran's and Docker's. */
const everything = [
  '**',
  '!catamaran.config.ts',
  '!catamaran.lock.json',
  '!.catamaranignore',
  '!.dockerignore',
];

/**
 * The application without a bundle: the files that `app.files` picks up, or all that are not ignored.
 * @throws CATA_ENTRY_NOT_PICKED, CATA_ENTRY_UNRUNNABLE and what `pickApplicationFiles` throws
 */
export function collectApplication(
  project: Project,
  dependencies: DependencySource,
  inputs: InputLog,
  ctx: Context,
): Promise<Application> {
  const { entry, files = everything, assets } = project.app;
  if (!runsAsItIs(entry, project.node))
    throw buildErrors.CATA_ENTRY_UNRUNNABLE({ entry, node: project.node });
  return runStep('files', 'Application files', ctx, async (step) => {
    // With its "type" and "imports", Node needs it. What is picked up for its place counts more.
    const selections = [['package.json'], files, assets].flatMap(selectionsOf);
    const all = await pickApplicationFiles(project, selections, dependencies, inputs, ctx);
    const isTraced = project.app.dependencies === 'traced';
    const picked = isTraced ? await splitTrace(all) : all;
    const place = placeIn(dependencies.workspace)(entry);
    const has = (path: string) =>
      picked.files.some((file) => file.path === path) || picked.links.some((link) => link.path === path);
    if (!has(place)) throw buildErrors.CATA_ENTRY_NOT_PICKED({ entry });
    // What is left out of a trace for another target is linked to, and put in its place.
    for (const path of isTraced ? [] : danglingLinks(picked))
      ctx.emit({
        type: 'warning',
        message: `The link "${path}" leads to nothing that is in the application.`,
      });
    step.conclude(`${picked.files.length} files`);
    return { ...picked, entry: place, nodeOptions: has(`${place}.map`) ? ['--enable-source-maps'] : [] };
  });
}
