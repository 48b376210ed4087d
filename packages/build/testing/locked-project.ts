import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, npmEnvironment } from './npm-command.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

/** A project whose lockfile npm has made. */
export async function lockedProject(
  registry: string,
  files: Readonly<Record<string, unknown>>,
  ...flags: string[]
) {
  const home = temporaryFolder();
  const root = writeFiles(join(home, 'work/project'), files);
  const env = npmEnvironment(registry, home);
  await npm(root, env, 'install', '--package-lock-only', ...flags);
  return { root, env };
}

export function editLockfile(
  root: string,
  edit: (packages: Record<string, Record<string, unknown>>) => void,
): void {
  const path = join(root, 'package-lock.json');
  const lockfile = JSON.parse(readFileSync(path, 'utf8'));
  edit(lockfile.packages);
  writeFileSync(path, JSON.stringify(lockfile));
}
