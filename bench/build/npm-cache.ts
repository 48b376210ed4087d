import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../support/bench.ts';
import type { AppLocks } from './app-locks.ts';

/** Puts into npm's cache whatever the app needs, on every platform, and what it will need. @returns that cache */
export async function fillNpmCache(bench: Bench, locks: AppLocks): Promise<string> {
  const folder = join(bench.folder, 'npm-cache-filler');
  await mkdir(folder);
  for (const [path, content] of Object.entries(locks.after)) await writeFile(join(folder, path), content);
  for (const cpu of ['x64', 'arm64']) {
    const platform = ['--os=linux', '--libc=glibc', `--cpu=${cpu}`];
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...platform];
    await bench.run('npm', args, { cwd: folder });
  }
  await rm(folder, { recursive: true });
  // Without what will be put into the one that the bench goes on with.
  const filled = join(bench.folder, 'npm-cache-of-the-app');
  await cp(join(bench.folder, 'npm-cache', '_cacache'), join(filled, '_cacache'), { recursive: true });
  return filled;
}
