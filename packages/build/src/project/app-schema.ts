import { z } from 'zod';
import { nativeSchema } from './native-schema.ts';

export const appSchema = z
  .strictObject({
    entry: z.string().min(1).describe('The file that starts the service, TypeScript or JavaScript.'),
    typecheck: z
      .boolean()
      .default(true)
      .describe('Check types with the project’s own TypeScript, where there is a tsconfig.json.'),
    native: nativeSchema.describe(
      'Packages with an install script for which nothing was found: "skip" for those that work without it, or the file that it would make.',
    ),
  })
  .describe('The application.');
