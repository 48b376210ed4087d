import { checkStoredImage } from '../check/check-stored-image.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface CheckFlags extends LocationFlags {
  readonly platform?: readonly string[];
}

/** `catamaran check`: findings on stdout, and an exit code of 1 when one is an error. */
export function check(subject: string, flags: CheckFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    const outcome = await checkStoredImage(subject, flags, environment, ctx);
    const isError = outcome.parts.some(({ findings }) => findings.some(({ level }) => level === 'error'));
    const exitCode = isError ? exitCodes.findings : 0;
    return { document: outcome.document, text: outcome.text(styler(stdout.color)), exitCode };
  });
}
