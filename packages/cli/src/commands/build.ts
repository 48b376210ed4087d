import { buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { buildSummary } from '../build/build-summary.ts';
import { openProject } from '../build/open-project.ts';
import { runCommand } from '../process/run-command.ts';

import { registriesWhenNeeded } from '../registry/registries-when-needed.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';
import { recordBuild } from '../repeat/record-build.ts';

import type { ProjectFlags } from './project-flags.ts';

export interface BuildFlags extends ProjectFlags, RegistryFlags {}

/** `catamaran build`: the digest on stdout, everything else on stderr. */
export function build(folder: string, flags: BuildFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const opened = await openProject(folder, flags.platform, environment);
    await using registries = registriesWhenNeeded(flags, environment);
    const built = await buildProject(opened, flags.layout, environment, registries.open, ctx);
    const document = await buildDocument(built, flags.layout);
    await recordBuild(built, document, flags);
    return { document, text: `${built.digest}\n`, summary: buildSummary(document) };
  });
}
