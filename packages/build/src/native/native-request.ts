import type { Context } from '@catamaran/oci';
import type { Cache } from '../cache/cache.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { NpmOptions } from '../npm/npm-options.ts';
import type { NativeSetting } from '../project/native-schema.ts';
import type { Target } from '../target/target.ts';
import type { PackageInventory } from './package-inventory.ts';

/** A package that has an install script or binaries, and what it is to run on. */
export interface NativeRequest {
  readonly inventory: PackageInventory;
  /** Where it lies, as in "node_modules/bcrypt". */
  readonly location: string;
  /** What the lockfile says; it stands even where the tarball's package.json has no script. */
  readonly hasInstallScript: boolean;
  /** Those of its optional dependencies that name platforms, and that the target has. */
  readonly platformPackages: readonly string[];
  readonly target: Target;
  /** What the project's `app.native` says of it. */
  readonly setting: NativeSetting | undefined;
  /** A file of the tarball, below the package's folder; undefined where there is none. */
  readFile(path: string, ctx: Context): Promise<Uint8Array | undefined>;
}

/** Environment variables. */
export type ScriptEnv = Readonly<Record<string, string | undefined>>;

/** What resolving needs of its surroundings. */
export interface NativeServices {
  readonly cache: Cache;
  /** The project's, absolute: paths in `app.native` begin there. */
  readonly folder: string;
  /** The lockfile's, absolute: locations begin there. */
  readonly root: string;
  /** Told of the files that `app.native` names. */
  readonly inputs: InputLog;
  /** For proxies and certificates. */
  readonly npmOptions: () => Promise<NpmOptions>;
  /** The environment that npm would give an install script: mirrors are named there, or in .npmrc. */
  readonly scriptEnv: () => Promise<ScriptEnv>;
}
