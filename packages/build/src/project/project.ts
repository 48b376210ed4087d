import type { Platform } from '@catamaran/oci';
import type { ParsedConfig } from './config-schema.ts';

/** Everything that a project says about itself: the configuration, parsed once and frozen. */
export interface Project extends Omit<ParsedConfig, 'platforms'> {
  /** Absolute. */
  readonly folder: string;
  readonly platforms: readonly Platform[];
  /** From package.json; undefined where there is none. */
  readonly version: string | undefined;
  readonly description: string | undefined;
  readonly license: string | undefined;
  /** Seconds since 1970; the time of everything in the image. */
  readonly sourceDateEpoch: number;
}
