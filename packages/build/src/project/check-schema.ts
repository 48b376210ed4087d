import { z } from 'zod';
import { parsePattern } from '../source/files/path-pattern.ts';

/** The rules of docs/rules.md; a test holds them against the check's own catalogue, which is not imported here. */
export const ruleIds = [
  'machine',
  'interpreter',
  'needed',
  'libc-version',
  'libc-kind',
  'node-abi',
  'readable',
  'foreign-binary',
  'entrypoint',
  'config-platform',
  'same-image',
  'diff-id',
  'root-user',
  'set-uid',
  'world-writable',
  'secret',
  'tar-order',
  'dockerfile-emulated',
  'dockerfile-build-platform',
  'dockerfile-constant-platform',
  'dockerfile-target-arch',
  'dockerfile-native-output',
  'dockerfile-arg-scope',
  'dockerfile-pinned-base',
  'dockerfile-arch-url',
  'dockerfile-arch-package',
  'dockerfile-syntax',
] as const;

const silence = z.strictObject({
  rule: z
    .enum(ruleIds, {
      error: ({ input }) => `${JSON.stringify(input)} is no rule; there are ${ruleIds.join(', ')}`,
    })
    .describe('Which rule’s findings are meant to be; docs/rules.md has them.'),
  path: z
    .string()
    .regex(/^\/./, 'must be a path in the image, beginning with a slash')
    .refine(isPattern, 'is no pattern')
    .optional()
    .describe(
      'Of these files alone, as in "/usr/bin/ping" or "/app/node_modules/**/*.node". Default: all that the rule finds.',
    ),
  reason: z
    .string()
    .regex(/\S/, 'must say why this is meant to be')
    .describe('Why it is meant to be, for whoever reads the findings.'),
});

export const checkSchema = z
  .strictObject({
    ignore: z
      .array(silence)
      .default([])
      .describe('Findings of the check that are meant to be: they are told as silenced and fail no build.'),
  })
  .prefault({});

function isPattern(text: string): boolean {
  try {
    parsePattern(text, { braces: true });
    return true;
  } catch {
    return false;
  }
}
