import { cpSync, mkdirSync } from 'node:fs';
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
  const modules = [join(repositoryFolder, 'node_modules'), join(folder, 'node_modules')] as const;
  // Half a gigabyte in no time, where both are on one file system. Links between workspaces stay relative.
  await command('cp', '--archive', '--link', ...modules).catch(() => command('cp', '--archive', ...modules));
}
