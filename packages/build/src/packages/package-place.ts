import type { Context } from '@catamaran/oci';
import type { NativeResolution } from '../native/native-resolution.ts';
import type { TarballSpec } from '../npm/fetch-tarball.ts';
import type { UnpackedPackage } from './package-file.ts';

/** Where a package's files come from. */
export interface PackageSource extends TarballSpec {
  /** For what is not the tarball of a registry; the integrity names what is opened all the same. */
  readonly open?: (ctx: Context) => Promise<UnpackedPackage>;
}

/** A package, and the folder in the image that it goes to. */
export interface PackagePlace extends PackageSource {
  /** Folder in the image. */
  readonly path: string;
  /** Files, below that folder, that commands stand for: npm makes them executable. Sorted. */
  readonly executables?: readonly string[];
}

/** A place with what becomes of the package's files there. */
export interface ResolvedPlace extends PackagePlace {
  readonly resolution: NativeResolution;
}
