import { z } from 'zod';

const perPlatform = z
  .partialRecord(z.enum(['linux/amd64', 'linux/arm64']), z.string().min(1))
  .refine((files) => Object.keys(files).length > 0, 'names no platform');

const file = z.strictObject({
  file: perPlatform.describe(
    'The file for each platform: a path from this folder, or an https address, with its hash as in "…#sha256=0123…".',
  ),
  to: z
    .string()
    .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+[^/]$/, 'must be a path in the package’s folder')
    .optional()
    .describe('Where it goes, in the package’s folder. Default: "build/Release/" and the file’s own name.'),
});

const crossCompile = z.strictObject({
  crossCompile: z
    .union([z.literal(true), z.record(z.string(), z.unknown())])
    .describe(
      'Compile it for each platform. Not in this version; docs/adr/0009-native-packages.md has the plan.',
    ),
});

const nativeSettingSchema = z.union([z.literal('skip'), file, crossCompile]);
export type NativeSetting = z.output<typeof nativeSettingSchema>;

/** What to do about packages whose native code cannot be found by what they say themselves. */
export const nativeSchema = z.record(z.string().min(1), nativeSettingSchema).default({});
