import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { ManagerName } from './managed/package-manager.ts';

/** A lockfile, and whose it is. */
export interface FoundLockfile {
  readonly manager: ManagerName | 'npm';
  readonly path: string;
  /** The folder that holds it. */
  readonly root: string;
}

/** The last of npm's and of Bun's two counts, as it does for them, where both are there. */
const owners = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lockb': 'bun',
  'bun.lock': 'bun',
} as const;

/**
 * The lockfiles of a folder and of those above it, the nearest first: which of them knows the folder is for its package
 * manager to say.
 * @throws CATA_LOCKFILES_SEVERAL
 */
export async function* lockfilesAbove(folder: string, inputs: InputLog): AsyncIterable<FoundLockfile> {
  for (let root = folder; ; root = dirname(root)) {
    const found = await lockfileIn(root, folder, inputs);
    if (found) yield found;
    if (dirname(root) === root) return;
  }
}

async function lockfileIn(
  root: string,
  folder: string,
  inputs: InputLog,
): Promise<FoundLockfile | undefined> {
  const byOwner = new Map<string, FoundLockfile>();
  for (const [name, owner] of Object.entries(owners)) {
    const path = join(root, name);
    inputs.file(path);
    if (!(await exists(path))) continue;
    const manager = owner === 'yarn' && (await isClassic(path)) ? 'yarn-classic' : owner;
    byOwner.set(owner, { manager, path, root });
  }
  if (byOwner.size < 2) return byOwner.values().next().value;
  const wanted = (await packageManagerOf(folder, inputs)) ?? (await packageManagerOf(root, inputs));
  const chosen = byOwner.get(wanted ?? '');
  if (chosen) return chosen;
  const names = [...byOwner.values()].map(({ path }) => path.slice(root.length + 1)).join(', ');
  throw buildErrors.CATA_LOCKFILES_SEVERAL({ folder: root, names });
}

/** What `packageManager` in a folder's package.json names. https://nodejs.org/api/packages.html#packagemanager */
async function packageManagerOf(folder: string, inputs: InputLog): Promise<string | undefined> {
  const path = join(folder, 'package.json');
  inputs.file(path);
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return /"packageManager"\s*:\s*"([a-z]+)@/.exec(text)?.[1];
}

/** Yarn 1 says so in its first lines; its successors write YAML. */
async function isClassic(path: string): Promise<boolean> {
  return /^# yarn lockfile v1$/m.test((await readFile(path, 'utf8')).slice(0, 1000));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
