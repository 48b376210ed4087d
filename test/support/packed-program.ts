import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from './repository.ts';

/** The program as users get it: it starts several times as fast as the one in the repository. Disposing removes it. */
export interface PackedProgram extends AsyncDisposable {
  /** What Node is to run. */
  readonly path: string;
}

export async function packProgram(): Promise<PackedProgram> {
  // Below the repository's packages, where the dependencies that are not packed are found.
  const parent = join(repositoryFolder, 'node_modules', '.cache');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'catamaran-packed-'));
  const script = join(repositoryFolder, 'scripts', 'pack-program.ts');
  await promisify(execFile)(process.execPath, ['--conditions=source', script, folder], {
    cwd: repositoryFolder,
  });
  return {
    path: join(folder, 'bin', 'catamaran.js'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
