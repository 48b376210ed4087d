import { join } from 'node:path';
import type { BuildDocument } from '../../packages/cli/src/build/build-document.ts';
import { repositoryFolder } from './repository.ts';
import { type ProgramOptions, runCatamaran } from './run-catamaran.ts';

/** Runs `catamaran build --json` on the bookstore. @throws when it fails, with what it said */
export async function buildBookstore(
  options: ProgramOptions,
  ...flags: readonly string[]
): Promise<BuildDocument> {
  const project = join(options.repository ?? repositoryFolder, 'samples', 'bookstore');
  const { exitCode, stdout, stderr } = await runCatamaran(['build', project, '--json', ...flags], options);
  if (exitCode !== 0) throw new Error(`catamaran build ended with ${exitCode}:\n${stderr}`);
  return JSON.parse(stdout) as BuildDocument;
}
