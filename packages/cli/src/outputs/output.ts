import type { Platform, Reference } from '@catamaran/oci';
import type { PathLocation } from '../location/location.ts';

/** Another place that a build puts its image, as in `--output type=docker-archive,dest=app.tar`. */
export interface Output {
  readonly type: OutputType;
  /** A folder for `oci`, a file for archives; "-" for stdout. */
  readonly dest: string;
  /** Undefined: the project's. */
  readonly name?: Reference;
  /** Undefined: all that are built. */
  readonly platform?: Platform;
  /** As it was given. */
  readonly text: string;
}

export type OutputType = PathLocation['kind'];

/** Stands for stdout. */
export const stdoutDest = '-';
