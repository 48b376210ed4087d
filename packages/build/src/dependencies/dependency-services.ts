import type { NativeServices } from '../native/native-request.ts';
import type { PackageStore } from '../packages/package-store.ts';

/** What making dependency layers needs of its surroundings. */
export interface DependencyServices extends NativeServices {
  readonly packages: PackageStore;
}
