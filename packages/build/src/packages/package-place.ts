import type { NativeResolution } from '../native/native-resolution.ts';
import type { TarballSpec } from '../npm/fetch-tarball.ts';

/** A package, and the folder in the image that it goes to. */
export interface PackagePlace extends TarballSpec {
  /** Folder in the image. */
  readonly path: string;
}

/** A place with what becomes of the package's files there. */
export interface ResolvedPlace extends PackagePlace {
  readonly resolution: NativeResolution;
}
