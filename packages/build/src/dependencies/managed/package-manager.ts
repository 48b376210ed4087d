import type { Context } from '@catamaran/oci';
import type { FoundLockfile } from '../find-lockfile.ts';
import type { ManifestReader } from './manifest-reader.ts';
import type { Stage } from './stage.ts';

export type ManagerName = 'pnpm' | 'yarn' | 'yarn-classic' | 'bun';

/** How a package manager is made to install, for another platform, what its lockfile names. */
export interface PackageManager {
  /** As people call it. */
  readonly title: string;
  readonly command: string;
  /** Whether corepack knows it. */
  readonly isCorepacks: boolean;
  /** How it is installed itself. */
  readonly install: string;
  /** What a person runs to install the dependencies. */
  readonly usual: string;
  /** One install has the packages of all platforms: the target's are chosen from it. */
  readonly isForAllPlatforms: boolean;
  /** An install may have more than the project needs when it runs, such as what other workspaces need. */
  readonly hasMore: boolean;
  /** The folders of the workspaces, from the root, without the root itself. */
  workspaces(lockfile: FoundLockfile, read: ManifestReader): Promise<readonly string[]>;
  /** Reads what else of the project an install depends on, beside package.json files and the lockfile. */
  readSettings(workspace: string, read: ManifestReader): Promise<void>;
  /**
   * Installs into the stage, which has all that was read.
   * @throws CATA_PACKAGE_MANAGER_MISSING, CATA_PACKAGE_MANAGER_VERSION, CATA_INSTALL_FAILED, CATA_LOCKFILE_OUTDATED
   */
  installInto(stage: Stage, ctx: Context): Promise<void>;
}
