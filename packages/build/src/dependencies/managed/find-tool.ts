import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Context, messageOf } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { olderVersion } from '../../target/older-version.ts';
import type { PackageManager } from './package-manager.ts';
import { type Command, runManager } from './run-manager.ts';
import type { Stage } from './stage.ts';

/** A package manager that is there. */
export interface Tool {
  /** The program, and what comes before its own arguments. */
  readonly command: Command;
  /** As in "10.34.9". */
  readonly version: string;
}

export interface WantedVersions {
  /** As in "9.0.0". */
  readonly from: string;
  /** Versions from this one on are another program. */
  readonly below?: string;
}

/**
 * The package manager as a person's own command line finds it: on PATH, or else with corepack, which is asked to fetch
 * nothing.
 * @param project's own copy of it, before all others
 * @throws CATA_PACKAGE_MANAGER_MISSING, CATA_PACKAGE_MANAGER_NOT_FETCHED, CATA_PACKAGE_MANAGER_VERSION, CATA_INSTALL_FAILED
 */
export async function findTool(
  manager: PackageManager,
  stage: Stage,
  { from, below }: WantedVersions,
  ctx: Context,
  own?: Command,
): Promise<Tool> {
  const command = own ?? (await onPath(manager, stage.env));
  const { title, install } = manager;
  const lockfile = stage.lockfile.path;
  if (!command) {
    throw buildErrors.CATA_PACKAGE_MANAGER_MISSING({
      lockfile,
      manager: title,
      command: manager.command,
      install,
    });
  }
  const version = await versionOf(manager, command, stage, ctx);
  const isTooOld = olderVersion(version, from) !== from;
  if (isTooOld || (below && olderVersion(version, below) === below)) {
    const wanted = below ? `${from} or newer, before ${below}` : `${from} or newer`;
    const details = {
      lockfile,
      manager: title,
      wanted,
      command: command.join(' '),
      actual: version,
      install,
    };
    throw buildErrors.CATA_PACKAGE_MANAGER_VERSION(details);
  }
  return { command, version };
}

async function onPath(
  { command, isCorepacks }: PackageManager,
  env: Stage['env'],
): Promise<Command | undefined> {
  const found = await findProgram(command, env);
  if (found) return [found];
  const corepack = isCorepacks ? await findProgram('corepack', env) : undefined;
  return corepack === undefined ? undefined : [corepack, command];
}

async function findProgram(name: string, env: Stage['env']): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    const isProgram = await access(path, constants.X_OK).then(
      async () => (await stat(path)).isFile(),
      () => false,
    );
    if (isProgram) return path;
  }
  return undefined;
}

/** @throws CATA_PACKAGE_MANAGER_NOT_FETCHED, CATA_INSTALL_FAILED */
async function versionOf(
  manager: PackageManager,
  command: Command,
  stage: Stage,
  ctx: Context,
): Promise<string> {
  try {
    const printed = await runManager(manager, [...command, '--version'], stage, ctx);
    return /^\s*v?(\d+\.\d+\.\d+)\S*$/m.exec(printed)?.[1] ?? printed.trim();
  } catch (cause) {
    // What corepack says when it may not, also where the command on PATH is one of its shims.
    if (!/Network access disabled by the environment/.test(messageOf(cause))) throw cause;
    const { path: lockfile, root: folder } = stage.lockfile;
    const details = { lockfile, manager: manager.title, folder };
    throw buildErrors.CATA_PACKAGE_MANAGER_NOT_FETCHED(details, { cause });
  }
}
