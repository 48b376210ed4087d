import { z } from 'zod';
import { appSchema } from './app-schema.ts';
import { baseSchema } from './base-schema.ts';
import { checkSchema } from './check-schema.ts';
import { imageOptions } from './image-schema.ts';
import { publishSchema } from './publish-schema.ts';
import { runSchema } from './run-schema.ts';

/** `catamaran.config.ts`, as it is written. */
export const configSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
        'must be lower-case letters and digits, with . _ - between them',
      )
      .describe('The name of the image.'),
    platforms: z
      .array(z.string())
      .min(1)
      .default(['linux/amd64', 'linux/arm64'])
      .describe('What to build for, as os/architecture.'),
    base: baseSchema,
    node: z
      .string()
      .regex(/^(?:\d+\.\d+\.\d+|base)$/, 'must be a full version, as in "24.21.0", or "base"')
      .default('24.21.0')
      .describe('The version of Node.js in the image; "base" for the one that the base has.'),
    app: appSchema,
    ...imageOptions,
    check: checkSchema.describe('What the check of a finished image is not to fail for.'),
    publish: publishSchema.describe('Where “catamaran push” puts the image.'),
    run: runSchema,
  })
  .describe('Configuration of Catamaran.');

/** What a person writes: every default may be left out. */
export type Config = z.input<typeof configSchema>;
export type ParsedConfig = z.output<typeof configSchema>;
