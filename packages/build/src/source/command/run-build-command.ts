import { type Context, runStep } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { runProgram } from '../../processes/run-program.ts';
import { TailOfOutput } from '../../processes/tail-of-output.ts';
import type { Project } from '../../project/project.ts';
import { commandEnvironment } from './command-environment.ts';

const shownLines = 40;
/** Of the command, where it is named. */
const shownCharacters = 60;

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
  return runStep('command', `Command "${shortened(command)}"`, ctx, async (step) => {
    const tail = new TailOfOutput((line) => step.progress(line));
    // The shell that npm uses.
    const { code, signal } = await runProgram(['sh', '-c', command], {
      folder,
      env: commandEnvironment(folder, env),
      signal: ctx.signal,
      onOutput: (text) => tail.add(text),
    });
    if (code === 0) return;
    const how = signal ? `signal ${signal}` : `exit code ${code}`;
    throw buildErrors.CATA_BUILD_COMMAND({
      command: shortened(command),
      how,
      output: tail.lastLines(shownLines),
    });
  });
}

function shortened(command: string): string {
  const line = command.replace(/\s+/g, ' ');
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters - 1)}…` : line;
}
