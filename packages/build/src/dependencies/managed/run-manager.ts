import { type Context, formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { runProgram } from '../../processes/run-program.ts';
import { TailOfOutput } from '../../processes/tail-of-output.ts';
import type { PackageManager } from './package-manager.ts';
import type { Stage } from './stage.ts';

/** A program, and what comes before the arguments of a call. */
export type Command = readonly [string, ...string[]];

const shownLines = 20;

/**
 * Runs a package manager in the stage.
 * @param env instead of the stage's
 * @returns what it printed last
 * @throws CATA_INSTALL_FAILED
 */
export async function runManager(
  manager: PackageManager,
  command: Command,
  stage: Stage,
  { signal }: Context,
  env: Stage['env'] = stage.env,
): Promise<string> {
  const { folder, lockfile, target, onLine } = stage;
  const tail = new TailOfOutput(onLine);
  const onOutput = (text: string) => tail.add(text);
  const { code } = await runProgram(command, { folder, env, signal, onOutput });
  const lines = tail.lastLines(shownLines);
  if (code === 0) return lines;
  throw buildErrors.CATA_INSTALL_FAILED({
    manager: manager.title,
    lockfile: lockfile.path,
    platform: formatPlatform(target.platform),
    // A person does not know the stage, and it is gone by now.
    reason: lines.replaceAll(folder, lockfile.root),
    command: command.join(' '),
    usual: manager.usual,
    folder: lockfile.root,
  });
}
