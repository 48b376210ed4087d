import { buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { buildSummary } from '../build/build-summary.ts';
import { openProject } from '../build/open-project.ts';
import { runCommand } from '../process/run-command.ts';
import { recordBuild } from '../repeat/record-build.ts';
import type { ProjectFlags } from './project-flags.ts';

/** `catamaran build`: the digest on stdout, everything else on stderr. */
export function build(folder: string, flags: ProjectFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const opened = await openProject(folder, flags.platform, environment);
    const built = await buildProject(opened, flags.layout, environment, ctx);
    const document = await buildDocument(built, flags.layout);
    await recordBuild(built, document, flags);
    return { document, text: `${built.digest}\n`, summary: buildSummary(document) };
  });
}
