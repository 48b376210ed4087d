import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { LockedPackage } from './locked-package.ts';
import { parseLockfile } from './parse-lockfile.ts';

/** `package-lock.json`, or `npm-shrinkwrap.json`, and which part of it is the project's. */
export interface Lockfile {
  readonly path: string;
  /** The folder that holds it. */
  readonly root: string;
  /** The project's key in `packages`: "" at the root, else as in "samples/bookstore". */
  readonly workspace: string;
  /** By location, as in "node_modules/fastify". */
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

/** The first is npm's choice where both are; it is a lockfile that is published with a package. */
const lockfileNames = ['npm-shrinkwrap.json', 'package-lock.json'] as const;

/**
 * Finds and reads the lockfile of a folder: its own, or the one of the workspaces' root above it.
 * @throws CATA_LOCKFILE_MISSING, CATA_JSON_INVALID, CATA_LOCKFILE_VERSION
 */
export async function readLockfile(folder: string, inputs: InputLog): Promise<Lockfile> {
  for (let root = folder; ; root = dirname(root)) {
    for (const path of lockfileNames.map((name) => join(root, name))) {
      inputs.file(path);
      if (!(await exists(path))) continue;
      const packages = parseLockfile(await readFile(path, 'utf8'), path);
      const workspace = relative(root, folder).split(sep).join('/');
      if (packages.has(workspace)) return { path, root, workspace, packages };
      break;
    }
    if (dirname(root) === root)
      throw buildErrors.CATA_LOCKFILE_MISSING({ path: join(folder, 'package-lock.json') });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
