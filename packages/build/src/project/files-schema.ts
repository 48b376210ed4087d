import { posix } from 'node:path';
import { z } from 'zod';
import { parsePattern } from '../source/files/path-pattern.ts';

const relative = z
  .string()
  .min(1)
  .refine((path) => !posix.isAbsolute(path), 'must be a path from this file’s folder')
  .refine((path) => !path.includes('\0'), 'has a NUL in it');

/** A glob, from the project's folder. */
export const patternSchema = relative.superRefine((text, context) => {
  try {
    parsePattern(text, { braces: true });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    context.addIssue({ code: 'custom', message: `is no pattern: ${error.message}`, input: text });
  }
});

const mapping = z.strictObject({
  from: relative.transform(posix.normalize).describe('A folder.'),
  to: relative
    .default('.')
    .transform(posix.normalize)
    .describe('Where what is in it goes, from the application’s folder in the image.'),
  files: z.array(patternSchema).min(1).default(['**']).describe('What of it, by patterns from that folder.'),
});

/** Files to pick up; patterns and folders in any order. */
export const filesSchema = z
  .array(z.union([patternSchema, mapping]))
  .min(1)
  .refine((picked) => {
    const patterns = picked.filter((one) => typeof one === 'string');
    return patterns.length === 0 || patterns.some((text) => !text.trim().startsWith('!'));
  }, 'has patterns that take back, and none that they could take from');
