import { posix } from 'node:path';
import { z } from 'zod';
import { filesSchema, patternSchema } from './files-schema.ts';
import { nativeSchema } from './native-schema.ts';

const packageName = /^(?:@[^/\s]+\/)?[^./@\s][^/\s]*$/;

export const appSchema = z
  .strictObject({
    entry: z
      .string()
      .min(1)
      .transform((path) => posix.normalize(path))
      .refine((path) => !/^(?:\/|\.\.?(?:\/|$))|\/$/.test(path), 'must be a file in this folder')
      .describe(
        'The file that starts the service, TypeScript or JavaScript. With app.files: where it is in the image.',
      ),
    build: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe(
        'A command that is run first, once for all platforms, by the shell of this machine and with node_modules/.bin on PATH, as “npm run” does.',
      ),
    bundle: z
      .boolean()
      .optional()
      .describe(
        'Make one file of the entry and what it imports of the project and its workspaces; of .sql, .graphql, .html, .md and .txt files it has the text. Default: unless app.files is given.',
      ),
    files: filesSchema
      .optional()
      .describe(
        'What the application is made of, where it is not bundled: patterns as in .dockerignore, with {a,b} and with “!” to take back, and folders with their place in the image. Default: everything that is not ignored.',
      ),
    assets: filesSchema
      .optional()
      .describe(
        'More files, for instance those that a bundle reads. They keep their places, as in app.files.',
      ),
    external: z
      .array(z.string().regex(packageName, 'is not the name of a package'))
      .default([])
      .describe(
        'Workspaces that stay outside of the bundle. Other packages do so anyway; what is not in the image is refused.',
      ),
    ignore: z
      .array(patternSchema)
      .default([])
      .describe(
        'Files never to be picked up, besides those of .catamaranignore or, where there is none, .dockerignore.',
      ),
    dependencies: z
      .enum(['lockfile', 'traced', 'none'])
      .default('lockfile')
      .describe(
        '"lockfile": the packages that the lockfile names. "traced": those in the node_modules that app.files picks up, which a framework has traced; native ones are put in for each platform. "none": none besides what app.files has.',
      ),
    typecheck: z
      .boolean()
      .optional()
      .describe(
        'Check types with the project’s own TypeScript, where there is a tsconfig.json. Default: unless app.build makes what app.files picks up.',
      ),
    native: nativeSchema.describe(
      'By name, what to do about packages with an install script for which nothing was found. "skip": it works without what the script would make; native code that cannot run on a platform stays out of its image. { file: { "linux/amd64": …, "linux/arm64": … }, to: … }: files to put in, each a path from this folder or an https address with its hash behind “#sha256=”; “to” is their place in the package, else build/Release and the file’s own name.',
    ),
  })
  .superRefine(({ bundle, files, external, dependencies }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const isBundled = bundle ?? files === undefined;
    if (bundle && files) refuse('files', 'is for what is not bundled; files beside a bundle are app.assets');
    if (!isBundled && external.length > 0) refuse('external', 'is for a bundle, and there is none');
    if (!files && dependencies !== 'lockfile')
      refuse('dependencies', `can be "${dependencies}" only with app.files`);
  })
  .transform(({ bundle, files, typecheck, assets = [], ...app }) => ({
    ...app,
    bundle: bundle ?? files === undefined,
    files,
    assets,
    typecheck: typecheck ?? !(app.build && files),
  }))
  .describe('The application.');
