import { type CheckFormat, checkFormatOf, formatOutcome } from '../check/check-format.ts';
import { checkStoredImage } from '../check/check-stored-image.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface CheckFlags extends LocationFlags {
  readonly platform?: readonly string[];
  readonly format?: CheckFormat;
}

/** `catamaran check`: findings on stdout, and an exit code of 1 when one is an error. */
export function check(subject: string, flags: CheckFlags): Promise<never> {
  const json = flags.json || flags.format === 'json';
  return runCommand({ ...flags, json }, async ({ environment, stdout }, ctx) => {
    const format = checkFormatOf(flags);
    const outcome = await checkStoredImage(subject, flags, environment, ctx);
    const isError = outcome.parts.some(({ findings }) =>
      findings.some(({ level, silenced }) => level === 'error' && silenced === undefined),
    );
    const exitCode = isError ? exitCodes.findings : 0;
    const text =
      format === 'sarif' || format === 'github'
        ? await formatOutcome(outcome, format, process.cwd())
        : outcome.text(styler(stdout.color));
    return { document: outcome.document, text, exitCode };
  });
}
