import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Context } from '@catamaran/oci';
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
 * @throws CATA_PACKAGE_MANAGER_MISSING, CATA_PACKAGE_MANAGER_VERSION, CATA_INSTALL_FAILED
 */
export async function findTool(
  manager: PackageManager,
  stage: Stage,
  { from, below }: WantedVersions,
  ctx: Context,
  own?: Command,
): Promise<Tool> {
  const command = own ?? (await onPath(manager.command, stage.env));
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

async function onPath(name: string, env: Stage['env']): Promise<Command | undefined> {
  for (const [program, ...args] of [[name], ['corepack', name]] as const) {
    const path = await findProgram(program, env);
    if (path) return [path, ...args];
  }
  return undefined;
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

async function versionOf(
  manager: PackageManager,
  command: Command,
  stage: Stage,
  ctx: Context,
): Promise<string> {
  const printed = await runManager(manager, [...command, '--version'], stage, ctx);
  const version = /^\s*v?(\d+\.\d+\.\d+)\S*$/m.exec(printed)?.[1];
  return version ?? printed.trim();
}
