import { buildDocument } from '../build/build-document.ts';
import { buildProject } from '../build/build-project.ts';
import { buildSummary } from '../build/build-summary.ts';
import { runCommand } from '../process/run-command.ts';
import { type ProjectFlags, parsePlatforms } from './project-flags.ts';

/** `catamaran build`: the digest on stdout, everything else on stderr. */
export function build(folder: string, flags: ProjectFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const overrides = parsePlatforms(flags.platform);
    const built = await buildProject({ folder, layout: flags.layout, overrides }, environment, ctx);
    const document = await buildDocument(built, flags.layout);
    return { document, text: `${built.digest}\n`, summary: buildSummary(document) };
  });
}
