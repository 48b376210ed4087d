import { openCache, updateBase } from '@catamaran/build';
import { updateDocument } from '../base/update-document.ts';
import { updateText } from '../base/update-text.ts';
import { cacheError } from '../build/cache-error.ts';
import { openProject } from '../build/open-project.ts';
import { runCommand } from '../process/run-command.ts';
import { registriesWhenNeeded } from '../registry/registries-when-needed.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';

/** `catamaran base update`: what changed, on stdout. */
export function updateBaseOf(folder: string, flags: RegistryFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const { project, inputs } = await openProject(folder, undefined, environment);
    await using registries = registriesWhenNeeded(flags, environment);
    const { cacheFolder } = environment;
    const services = { cache: openCache(cacheFolder), inputs, registry: registries.open };
    const update = await updateBase(project, services, ctx).catch((error: unknown) => {
      throw cacheError(error, cacheFolder);
    });
    return { document: updateDocument(project.name, update), text: updateText(update) };
  });
}
