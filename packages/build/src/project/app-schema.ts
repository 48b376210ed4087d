import { z } from 'zod';

export const appSchema = z
  .strictObject({
    entry: z.string().min(1).describe('The file that starts the service, TypeScript or JavaScript.'),
    typecheck: z
      .boolean()
      .default(true)
      .describe('Check types with the project’s own TypeScript, where there is a tsconfig.json.'),
    skipInstallScripts: z
      .array(z.string())
      .default([])
      .describe('Packages that work without the install script they have.'),
  })
  .describe('The application.');
