import type { Context, Digest, Image, Platform } from '@catamaran/oci';

/** What an image on a base says of it. */
export interface BaseOrigin {
  /** A reference with its registry, where there is one that others can follow. */
  readonly name?: string;
  /** Of what the name stands for: of the index, where it is one. */
  readonly digest?: Digest;
}

/** Where the lowest layers of an image come from. */
export interface BaseSource {
  /** For errors, as in `docker.io/library/node:24-slim`. */
  readonly subject: string;
  /** As it is, with its own media types and its own digest. @throws CATA_BASE_PLATFORM */
  resolve(platform: Platform, ctx: Context): Promise<Image>;
  origin(ctx: Context): Promise<BaseOrigin>;
}
