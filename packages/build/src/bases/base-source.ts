import type { Context, Image, Platform } from '@catamaran/oci';

/** Where the lowest layers of an image come from. */
export interface BaseSource {
  resolve(platform: Platform, ctx: Context): Promise<Image>;
}
