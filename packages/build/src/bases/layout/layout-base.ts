import type { Context, Image, ImageIndex } from '@catamaran/oci';
import type { InputLog } from '../../inputs/input-log.ts';
import type { BaseSource } from '../base-source.ts';
import { platformImage } from '../platform-image.ts';
import { readLayoutBase } from './read-layout-base.ts';

export interface LayoutBaseOptions {
  /** Absolute. */
  readonly folder: string;
  /** Undefined: the only image that there is. */
  readonly name: string | undefined;
}

/** An image in an OCI image layout on disk. Where it lies is this machine's business alone: no image says so. */
export function layoutBase({ folder, name }: LayoutBaseOptions, inputs: InputLog): BaseSource {
  let reading: Promise<Image | ImageIndex> | undefined;
  const read = (ctx: Context) => {
    reading ??= readLayoutBase(folder, name, inputs, ctx);
    return reading;
  };
  const subject = name === undefined ? folder : `${folder}:${name}`;
  return {
    subject,
    resolve: async (platform, ctx) => platformImage(await read(ctx), platform, subject),
    origin: async () => ({}),
  };
}
