import { posix } from 'node:path';
import { z } from 'zod';
import { isStopSignal } from '../execution/stop-signal.ts';
import { environmentSchema } from './environment-schema.ts';

const port = z.int().min(1).max(65535);
const word = z.string().refine((text) => !text.includes('\0'), 'has a NUL in it');

/** How the image is started, and what it says of itself. */
export const imageOptions = {
  port: z
    .union([port, z.array(port).min(1), z.literal(false)])
    .default(3000)
    .transform((value): readonly number[] => (value === false ? [] : [...new Set([value].flat())]))
    .describe(
      'The port that the service listens on, given to it as PORT. A list: the first is PORT, and all are exposed. false: it listens on none.',
    ),
  env: environmentSchema
    .default({})
    .describe(
      'Environment variables of the image. “$PATH” in the value of PATH is the base’s; nothing else is replaced.',
    ),
  labels: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('Labels and annotations of the image.'),
  user: z
    .union([
      z.int().min(0).max(4294967294).transform(String),
      z.string().regex(/^[^:\s\0]+(?::[^:\s\0]+)?$/, 'must be a user, as in "node", "1000" or "1000:1000"'),
    ])
    .optional()
    .describe('Who the service runs as: a name that the base knows, or a number; with “:group” if need be.'),
  workdir: z
    .string()
    .regex(/^\/[^\0]*$/, 'must be an absolute path')
    .transform((path) => posix.resolve(path))
    .optional()
    .describe('The folder that the service is started in. Default: the application’s.'),
  entrypoint: z
    .array(word)
    .min(1)
    .optional()
    .describe('The command that starts the service. Default: Node.js with the application’s entry.'),
  cmd: z.array(word).optional().describe('Arguments after the entrypoint, which “docker run” may replace.'),
  stopSignal: z
    .string()
    .toUpperCase()
    .transform((name) => (/^\d+$/.test(name) || name.startsWith('SIG') ? name : `SIG${name}`))
    .refine(isStopSignal, 'must be a signal of Linux, as in "SIGTERM"')
    .optional()
    .describe('What the service is asked to end with. Default: the base’s, else SIGTERM.'),
} as const;
