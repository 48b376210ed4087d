import { relative, sep } from 'node:path';
import type { InputLog } from '../../inputs/input-log.ts';
import type { FoundLockfile } from '../find-lockfile.ts';
import { managers } from './managers.ts';
import { type ManifestFile, ManifestReader } from './manifest-reader.ts';
import type { ManagerName, PackageManager } from './package-manager.ts';

/** All that decides what an install gives, apart from its target. */
export interface InstallPlan {
  readonly manager: PackageManager;
  readonly lockfile: FoundLockfile;
  /** The project's folder, from the root. */
  readonly workspace: string;
  /** All workspaces' folders, the root ("") the first. */
  readonly workspaces: readonly string[];
  /** What is copied into the stage, the lockfile among it. Sorted by path. */
  readonly files: readonly ManifestFile[];
}

/**
 * Reads what an install of a project depends on.
 * @returns undefined when the lockfile does not know the project's folder
 * @throws CATA_JSON_INVALID
 */
export async function planInstall(
  lockfile: FoundLockfile & { readonly manager: ManagerName },
  folder: string,
  inputs: InputLog,
): Promise<InstallPlan | undefined> {
  const manager = managers[lockfile.manager];
  const workspace = relative(lockfile.root, folder).split(sep).join('/');
  const read = new ManifestReader(lockfile.root, inputs);
  await read.text(relative(lockfile.root, lockfile.path));
  const workspaces = ['', ...(await manager.workspaces(lockfile, read))];
  if (!workspaces.includes(workspace)) return undefined;
  for (const one of workspaces) await read.manifest(one);
  await manager.readSettings(workspace, read);
  return { manager, lockfile, workspace, workspaces, files: read.files };
}
