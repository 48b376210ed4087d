import type { Context } from '../context/context.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Reference } from '../model/reference.ts';
import type { Image, ImageIndex } from './image.ts';

/** A place where images live. */
export interface ImageStore {
  get(reference: Reference, ctx: Context): Promise<Image | ImageIndex>;
  /** Stores all parts, then the name, so that a reader never sees a name whose parts are missing. */
  put(reference: Reference, image: Image | ImageIndex, ctx: Context): Promise<Descriptor>;
}
