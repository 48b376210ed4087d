import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { messageOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';

type Names = Readonly<Record<string, string>>;

/** One entry of `packages`. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
export interface LockedPackage {
  /** Only where it is another one than that of its folder: an alias. */
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly resolved?: string | undefined;
  readonly integrity?: string | undefined;
  readonly link?: boolean | undefined;
  /** Nothing but development leads to it. */
  readonly dev?: boolean | undefined;
  /** Whatever needs it can do without. */
  readonly optional?: boolean | undefined;
  /** Nothing needs it, but that some would use it if it were there. */
  readonly extraneous?: boolean | undefined;
  readonly inBundle?: boolean | undefined;
  readonly hasInstallScript?: boolean | undefined;
  readonly os?: readonly string[] | undefined;
  readonly cpu?: readonly string[] | undefined;
  readonly libc?: readonly string[] | undefined;
  readonly engines?: { readonly node?: string } | undefined;
  /** Command names and the files, below the package's folder, that they stand for. */
  readonly bin?: Names | string | undefined;
  readonly dependencies?: Names | undefined;
  readonly devDependencies?: Names | undefined;
  readonly optionalDependencies?: Names | undefined;
  readonly peerDependencies?: Names | undefined;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>> | undefined;
}

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

function parseLockfile(text: string, path: string): ReadonlyMap<string, LockedPackage> {
  const json = parseJson(text, path);
  const { lockfileVersion, packages } = isObject(json) ? json : {};
  if (lockfileVersion !== 2 && lockfileVersion !== 3)
    throw buildErrors.CATA_LOCKFILE_VERSION({ path, version: String(lockfileVersion) });
  try {
    if (!isObject(packages)) throw new Error('"packages" is no object');
    return new Map(
      Object.entries(packages).map(([location, entry]) => [location, parseEntry(location, entry)]),
    );
  } catch (cause) {
    throw buildErrors.CATA_JSON_INVALID({ path, reason: messageOf(cause) }, { cause });
  }
}

const texts = ['name', 'version', 'resolved', 'integrity'];
const objects = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
];
const lists = ['os', 'cpu', 'libc'];

/** By hand: a schema takes ten times as long for the thousands of entries of a large project. */
function parseEntry(location: string, entry: unknown): LockedPackage {
  const wrong = (what: string) => new Error(`packages["${location}"]${what}`);
  if (!isObject(entry)) throw wrong(' is no object');
  for (const key of texts) {
    const value = entry[key];
    if (value !== undefined && typeof value !== 'string') throw wrong(`.${key} is no text`);
  }
  for (const key of objects) {
    const value = entry[key];
    if (value !== undefined && !isObject(value)) throw wrong(`.${key} is no object`);
  }
  for (const key of lists) {
    const value = entry[key];
    if (value === undefined) continue;
    // npm writes a list, or one string.
    entry[key] = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(entry[key])) throw wrong(`.${key} is no list`);
  }
  return entry as LockedPackage;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws CATA_JSON_INVALID */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = messageOf(cause);
    throw buildErrors.CATA_JSON_INVALID({ path, reason }, { cause });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
