import { z } from 'zod';

/** Options of the base that is composed from Debian's packages. */
const debian = z
  .strictObject({
    kind: z.literal('debian').default('debian'),
    suite: z.literal('bookworm').default('bookworm').describe('The Debian release.'),
    packages: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'is not the name of a Debian package'))
      .default(['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'])
      .describe('Packages to put into the base; what they depend on comes along.'),
    sources: z
      .array(
        z.strictObject({
          uri: z.url({ protocol: /^https?$/ }).describe('The mirror, as in apt’s URIs.'),
          suites: z.array(z.string().min(1)).min(1),
          components: z.array(z.string().min(1)).default(['main']),
          signedBy: z
            .string()
            .describe(
              'The keyring that signs this source: a path from this file’s folder, or an armoured key.',
            ),
        }),
      )
      .optional()
      .describe('Where the packages come from. Default: the sources of this machine’s apt.'),
  })
  .prefault({});

export const baseSchema = debian.describe('The root file system under the application.');
