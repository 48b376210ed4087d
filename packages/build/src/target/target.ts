import { type Context, formatPlatform, type Platform } from '@catamaran/oci';

/** The C library of a base; npm's words for it, https://docs.npmjs.com/cli/v11/configuring-npm/package-json#libc */
export type Libc = 'glibc' | 'musl';
export const libcs: readonly Libc[] = ['glibc', 'musl'];

/** What native code in an image has to fit. */
export interface Target {
  readonly platform: Platform;
  readonly libc: Libc;
  /** The image's Node.js, as in "24.21.0": not the one that builds. */
  readonly nodeVersion: string;
  /** Where that is in the image, from its root, as in "usr/local/bin/node". */
  readonly nodePath: string;
}

/** Tells what native code in a platform's image has to fit: the base's to know. */
export type TargetOf = (platform: Platform, ctx: Context) => Promise<Target>;

const npmCpus: Readonly<Record<Platform['architecture'], string>> = { amd64: 'x64', arm64: 'arm64' };

/** The architecture in npm's, and Node's, words: `process.arch`. */
export function npmCpu({ platform }: Target): string {
  return npmCpus[platform.architecture];
}

/** As in "linux/arm64", or "linux/arm64 with musl". */
export function formatTarget({ platform, libc }: Target): string {
  return libc === 'musl' ? `${formatPlatform(platform)} with musl` : formatPlatform(platform);
}
