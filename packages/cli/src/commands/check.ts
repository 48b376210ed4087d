import { resolve } from 'node:path';
import { failing } from '@catamaran/check';
import type { Context } from '@catamaran/oci';
import { type CheckFormat, checkFormatOf, formatFindings } from '../check/check-format.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { dockerfilePath } from '../check/dockerfile-place.ts';
import type { Environment } from '../process/environment.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { runCommand } from '../process/run-command.ts';
import { styler } from '../process/styler.ts';
import type { LocationFlags } from '../registry/registry-flags.ts';

export interface CheckFlags extends LocationFlags {
  readonly platform?: readonly string[];
  /** Folder of a project whose configuration silences findings. */
  readonly project?: string;
  readonly failOn?: 'error' | 'warning';
  readonly format?: CheckFormat;
  /** Of a Dockerfile: the machine that builds. */
  readonly builderPlatform?: string;
  readonly buildArg?: readonly string[];
  readonly target?: string;
}

/** `catamaran check`: findings on stdout, and an exit code of 1 when one is an error, or as bad as `--fail-on` says. */
export function check(subject: string, flags: CheckFlags): Promise<never> {
  const json = flags.json || flags.format === 'json';
  return runCommand({ ...flags, json }, async ({ environment, stdout }, ctx) => {
    const format = checkFormatOf(flags);
    const outcome = await judge(subject, flags, environment, ctx);
    const isFailed = outcome.parts.some(({ findings }) => failing(findings, flags.failOn).length > 0);
    const exitCode = isFailed ? exitCodes.findings : 0;
    const text =
      format === 'sarif' || format === 'github'
        ? await formatFindings(outcome, format, resolve(flags.project ?? '.'))
        : outcome.text(styler(stdout.color));
    return { document: outcome.document, text, exitCode };
  });
}

/** What judges images and what judges Dockerfiles is loaded when it is needed. */
async function judge(
  subject: string,
  flags: CheckFlags,
  environment: Environment,
  ctx: Context,
): Promise<CheckOutcome> {
  const path = dockerfilePath(subject);
  if (path !== undefined) {
    const { checkDockerfile } = await import('../check/check-dockerfile.ts');
    return checkDockerfile(path, flags, environment, ctx);
  }
  const { checkImageOutcome } = await import('../check/check-image-outcome.ts');
  return checkImageOutcome(subject, flags, environment, ctx);
}
