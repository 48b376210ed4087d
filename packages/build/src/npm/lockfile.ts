import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { messageOf } from '@catamaran/oci';
import { z } from 'zod';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';

const names = z.record(z.string(), z.string()).optional();
/** npm writes a list, or one string. */
const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional();

/** One entry of `packages`. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
const lockedPackageSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  os: list,
  cpu: list,
  libc: list,
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).optional(),
});
export type LockedPackage = z.output<typeof lockedPackageSchema>;

const lockfileSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), lockedPackageSchema),
});

/** `package-lock.json`, and which part of it is the project's. */
export interface Lockfile {
  readonly path: string;
  /** The folder that holds it. */
  readonly root: string;
  /** The project's key in `packages`: "" at the root, else as in "samples/bookstore". */
  readonly workspace: string;
  /** By location, as in "node_modules/fastify". */
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

const lockfileName = 'package-lock.json';

/**
 * Finds and reads the lockfile of a folder: its own, or the one of the workspaces' root above it.
 * @throws CATA_LOCKFILE_MISSING, CATA_JSON_INVALID, CATA_LOCKFILE_VERSION
 */
export async function readLockfile(folder: string, inputs: InputLog): Promise<Lockfile> {
  for (let root = folder; ; root = dirname(root)) {
    const path = join(root, lockfileName);
    inputs.file(path);
    if (await exists(path)) {
      const packages = parseLockfile(await readFile(path, 'utf8'), path);
      const workspace = relative(root, folder).split(sep).join('/');
      if (packages.has(workspace)) return { path, root, workspace, packages };
    }
    if (dirname(root) === root) throw buildErrors.CATA_LOCKFILE_MISSING({ path: join(folder, lockfileName) });
  }
}

function parseLockfile(text: string, path: string): ReadonlyMap<string, LockedPackage> {
  const json = parseJson(text, path);
  const version = (json as { lockfileVersion?: unknown } | null)?.lockfileVersion;
  if (version !== 2 && version !== 3)
    throw buildErrors.CATA_LOCKFILE_VERSION({ path, version: String(version) });
  const parsed = lockfileSchema.safeParse(json);
  if (!parsed.success) {
    throw buildErrors.CATA_JSON_INVALID({ path, reason: z.prettifyError(parsed.error) });
  }
  return new Map(Object.entries(parsed.data.packages));
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
