import { join } from 'node:path';
import { command } from './command.ts';

/** Another Node.js, out of npm's packages of its binaries. @returns the program's path */
export async function installNode(version: string, folder: string): Promise<string> {
  const name = `node-linux-${process.arch}`;
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
  await command('npm', 'install', ...options, `${name}@${version}`);
  return join(folder, 'node_modules', name, 'bin', 'node');
}
