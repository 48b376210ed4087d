import type { Digest } from '@catamaran/oci';
import type { NativeRequest } from '../../native/native-request.ts';
import type { BinLink } from '../../npm/bin-links.ts';

/** A package as it lies in the image, with its content in the cache. */
export interface InstalledPackage {
  /** From the root, as in "node_modules/.pnpm/ms@2.0.0/node_modules/ms". */
  readonly location: string;
  readonly name: string;
  readonly version: string;
  /** Of a tar archive of its files. */
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly isEverywhere: boolean;
  readonly platformPackages: NativeRequest['platformPackages'];
}

/** A folder of the project whose source is part of the application: a workspace, or what is linked to like one. */
export interface InstalledWorkspace {
  readonly location: string;
  /** Where it is in the project, from the root: elsewhere only when the package manager copies it. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** The names of what it needs when it runs. */
  readonly needs: readonly string[];
}

/** A package for which the target has none of the packages that it wants one of. */
export interface InstallGap {
  readonly name: string;
  readonly missing: readonly string[];
}

/** What an install has made for a target; JSON all through. */
export interface Installed {
  /** Sorted by location. */
  readonly packages: readonly InstalledPackage[];
  /** From a location to another one: that of a package or of a workspace. Sorted. */
  readonly links: readonly (readonly [from: string, to: string])[];
  /** The project's own is the first. */
  readonly workspaces: readonly InstalledWorkspace[];
  /** The commands that the project, and its workspaces, have in node_modules/.bin. */
  readonly bins: readonly BinLink[];
  readonly gaps: readonly InstallGap[];
}
