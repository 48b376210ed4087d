import type { Context, Image, Platform } from '@catamaran/oci';
import type { Service } from './service.ts';

/** What a Fargate task of the same size would have. */
export interface Limits {
  /** Share of CPU time: 0.25 is a quarter of one core. */
  readonly vcpu: number;
  /** Without swap. */
  readonly memoryMiB: number;
}

export interface RunOptions {
  /** The service's name for people; also its host name. */
  readonly name: string;
  readonly platform: Platform;
  readonly limits: Limits;
  /** Where the service listens; it is told so by its own configuration or by `env`. */
  readonly port: number;
  /** Added to the image's own environment; on the same name it wins. */
  readonly env: Readonly<Record<string, string>>;
  /** `private`: a network of its own in which there is only `lo`. `host`: this machine's. */
  readonly network: 'private' | 'host';
}

/** Something that runs images. */
export interface Host {
  /** Fails now, not after a long build, when this machine cannot run images of these platforms. */
  require(platforms: readonly Platform[]): Promise<void>;
  /** Resolves once the service's process runs; it need not listen yet. Disposal stops it and leaves nothing. */
  start(image: Image, options: RunOptions, ctx: Context): Promise<Service & AsyncDisposable>;
}
