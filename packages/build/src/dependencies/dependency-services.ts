import type { NativeServices } from '../native/native-request.ts';
import type { PackageStore } from '../packages/package-store.ts';

/** What making dependency layers needs of its surroundings. */
export interface DependencyServices extends Omit<NativeServices, 'root'> {
  readonly packages: PackageStore;
  /** The environment that package managers are run in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Settled once the project's own command has made what it makes: packages that are folders of the project are read
   * only then. They are as they should be already where there is none.
   */
  readonly built?: Promise<unknown>;
}
