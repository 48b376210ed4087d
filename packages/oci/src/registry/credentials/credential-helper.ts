import type { Context } from '../../context/context.ts';
import { messageOf } from '../../errors/message-of.ts';
import type { Credential } from './credentials.ts';
import { credentialErrors } from './errors.ts';
import { findProgram } from './find-program.ts';
import { answerOf } from './helper-answer.ts';
import { serverName } from './registry-name.ts';
import { type RunResult, runBounded } from './run-bounded.ts';
import { shownOutput } from './shown-output.ts';

export interface HelperQuestion {
  /** What follows "docker-credential-" in the program's name. */
  readonly name: string;
  /** Host and port, "docker.io" for Docker Hub. */
  readonly registry: string;
  /** Where the helper was named, for the errors: a quoted path, or the name of a variable. */
  readonly place: string;
}

export interface HelperOptions {
  /** The program is looked for on its PATH, and runs with these variables and no others. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** By default 60,000: somebody may have to type a passphrase. */
  readonly timeoutMs?: number;
}

/** In bytes; far more than a token needs. */
const maximumBytes = 256 * 1024;

/**
 * Asks `docker-credential-<name> get`. https://github.com/docker/docker-credential-helpers#development
 * @returns undefined when the helper knows none
 * @throws CATA_CREDENTIAL_HELPER_INVALID, CATA_CREDENTIAL_HELPER_MISSING, CATA_CREDENTIAL_HELPER_FAILED
 */
export async function askHelper(
  question: HelperQuestion,
  options: HelperOptions,
  ctx: Context,
): Promise<Credential | undefined> {
  const { name, registry, place } = question;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw credentialErrors.CATA_CREDENTIAL_HELPER_INVALID({ name: shownOutput(name), place });
  }
  const program = `docker-credential-${name}`;
  const server = serverName(registry);
  const path = await findProgram(program, options.variables.PATH ?? '');
  if (!path) throw credentialErrors.CATA_CREDENTIAL_HELPER_MISSING({ program, place, registry });
  const failed = (reason: string, cause?: unknown) =>
    credentialErrors.CATA_CREDENTIAL_HELPER_FAILED({ program, registry, server, place, reason }, { cause });
  const timeoutMs = options.timeoutMs ?? 60_000;
  const run = { input: server, environment: options.variables, timeoutMs, maximumBytes };
  const result = await runBounded(path, ['get'], run, ctx.signal).catch((cause: unknown) => {
    ctx.signal.throwIfAborted();
    throw failed(`it cannot be run (${messageOf(cause)})`, cause);
  });
  const answer =
    result.ended === 'itself'
      ? answerOf(result, secretsIn(options.variables))
      : whyKilled(result.ended, timeoutMs);
  if (typeof answer === 'string') throw failed(answer);
  return answer.credential;
}

function whyKilled(ended: Exclude<RunResult['ended'], 'itself'>, timeoutMs: number): string {
  return ended === 'too slow'
    ? `it did not answer within ${timeoutMs / 1000} s`
    : `it answered more than ${maximumBytes / 1024} KiB`;
}

function secretsIn(variables: HelperOptions['variables']): readonly string[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    value && value.length > 5 && /SECRET|TOKEN|PASSWORD|PASSPHRASE|KEY|AUTH/i.test(name) ? [value] : [],
  );
}
