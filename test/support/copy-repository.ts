import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from './command.ts';
import { repositoryFolder } from './repository.ts';

const parts = ['package.json', 'package-lock.json', 'tsconfig.json', 'packages', 'samples'];
const leftOut = new Set(['node_modules', 'dist', '.catamaran']);

/**
 * A second checkout at `folder`, to build from elsewhere or to change: real folders throughout, so that nothing
 * in it leads back to this one.
 */
export async function copyRepository(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const part of parts) {
    cpSync(join(repositoryFolder, part), join(folder, part), {
      recursive: true,
      filter: (path) => !leftOut.has(basename(path)),
    });
  }
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  // What begins with a dot is other programs' cache, and may change under our hands.
  const packages = readdirSync(join(repositoryFolder, 'node_modules'))
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(repositoryFolder, 'node_modules', name));
  // Half a gigabyte in no time, where both are on one file system. Links between workspaces stay relative.
  const sameFileSystem = statSync(modules).dev === statSync(repositoryFolder).dev;
  await command('cp', '--archive', ...(sameFileSystem ? ['--link'] : []), ...packages, modules);
}
