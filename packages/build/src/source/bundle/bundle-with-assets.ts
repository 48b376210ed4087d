import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, runStep } from '@catamaran/oci';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import type { Application } from '../application.ts';
import { pickApplicationFiles } from '../files/pick-application-files.ts';
import { selectionsOf } from '../files/selection.ts';
import { bundleApplication } from './bundle-application.ts';
import type { FileRead } from './bundled-sources.ts';

/** The bundle, and the files that `app.assets` puts beside it. */
export async function bundleWithAssets(
  project: Project,
  dependencies: DependencySource,
  inputs: InputLog,
  ctx: Context,
): Promise<Application> {
  const { reads, warnings, ...bundled } = await runStep('bundle', 'Application bundle', ctx, () =>
    bundleApplication(project, dependencies, inputs),
  );
  for (const message of warnings) ctx.emit({ type: 'warning', message });
  const selections = selectionsOf(project.app.assets);
  const picked = await pickApplicationFiles(project, selections, dependencies, inputs, ctx);
  const own = new Set(bundled.files.map(({ path }) => path));
  const beside = picked.files.filter(({ path }) => !own.has(path));
  const application = { ...bundled, files: [...bundled.files, ...beside], links: picked.links };
  await warnOfMissing(reads, application, dependencies.root, ctx);
  return application;
}

/** A file that the source reads relative to itself is missed when the service runs, and by nobody before. */
async function warnOfMissing(
  reads: readonly FileRead[],
  { files, links }: Application,
  root: string,
  ctx: Context,
): Promise<void> {
  const places = [...files, ...links].map(({ path }) => path);
  // The bundler reads in no order.
  for (const { importer, path } of reads.toSorted((a, b) => (a.importer < b.importer ? -1 : 1))) {
    const folder = path.replace(/\/?$/, '/');
    if (places.some((place) => place === path || place.startsWith(folder))) continue;
    if (!(await isThere(join(root, path)))) continue;
    const message = `"${importer}" reads "${path}" beside itself, which is not in the image: app.assets can pick it up.`;
    ctx.emit({ type: 'warning', message });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
