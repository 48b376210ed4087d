import { type Context, runStep } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { commandEnvironment } from './command-environment.ts';
import { runShell } from './run-shell.ts';
import { TailOfOutput } from './tail-of-output.ts';

const shownLines = 40;

/**
 * Runs `app.build`, once for all platforms. What it prints is shown when it fails.
 * @throws CATA_BUILD_COMMAND
 */
export function runBuildCommand(
  { folder }: Project,
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  ctx: Context,
): Promise<void> {
  return runStep('command', `Command "${command}"`, ctx, async (step) => {
    const tail = new TailOfOutput((line) => step.progress(line));
    const { code, signal } = await runShell(command, {
      folder,
      env: commandEnvironment(folder, env),
      signal: ctx.signal,
      onOutput: (text) => tail.add(text),
    });
    if (code === 0) return;
    const how = signal ? `signal ${signal}` : `exit code ${code}`;
    throw buildErrors.CATA_BUILD_COMMAND({ command, how, output: tail.lastLines(shownLines) });
  });
}
