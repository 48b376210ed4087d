import { z } from 'zod';

const source = z.strictObject({
  uri: z.url({ protocol: /^https?$/ }).describe('The mirror, as in apt’s URIs.'),
  suites: z.array(z.string().min(1)).min(1).describe('As in apt’s Suites: “bookworm”, “bookworm-security”.'),
  components: z.array(z.string().min(1)).default(['main']).describe('As in apt’s Components.'),
  signedBy: z
    .string()
    .describe('The keyring that signs this source: a path from this file’s folder, or an armoured key.'),
});

const addedFile = z.strictObject({
  from: z.string().min(1).describe('A file or a folder, from this file’s folder.'),
  to: z
    .string()
    .regex(/^\/(?:[^/\0]+(?:\/[^/\0]+)*)?$/, 'is no absolute path without a slash at its end')
    .refine((path) => !/(?:^|\/)\.\.?(?:\/|$)/.test(path), 'has “.” or “..” in it')
    .describe('Its path in the image.'),
  mode: z
    .union([z.int().min(0).max(0o7777), z.string().regex(/^0?[0-7]{3,4}$/, 'is no mode, as in "0644"')])
    .optional()
    .describe(
      'Of the file, or of every file in the folder. Default: 0755 for programs and scripts, else 0644.',
    ),
});

const userId = z.int().min(0).max(4294967294);

const user = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'is not the name of a user')
      .describe('In /etc/passwd and /etc/group.'),
    id: userId.describe('Of the user and of its group.'),
  })
  .refine(({ name, id }) => (name === 'root') === (id === 0), 'is root, or has its number, and not both')
  .refine(
    ({ name, id }) => (name === 'nobody') === (id === 65534),
    'is nobody, or has its number, and not both',
  );

export const debianBaseSchema = z
  .strictObject({
    kind: z.literal('debian').default('debian'),
    suite: z
      .enum(['bookworm', 'trixie'])
      .default('bookworm')
      .describe('The Debian release. Of this machine’s apt or in base.sources.'),
    packages: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'is not the name of a Debian package'))
      .default(['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'])
      .describe('Packages to put into the base; what they depend on comes along.'),
    sources: z
      .array(source)
      .min(1)
      .optional()
      .describe('Where the packages come from. Default: the sources of this machine’s apt.'),
    files: z.array(addedFile).default([]).describe('Files of the project to put into the base.'),
    user: z
      .union([userId, user])
      .default({ name: 'nonroot', id: 65532 })
      .describe('Who the service runs as.'),
    timezone: z
      .union([
        z.boolean(),
        z.string().regex(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/, 'is no time zone, as in "Europe/Oslo"'),
      ])
      .default(false)
      .describe(
        'true: with the time zones’ data. The name of a zone: and in that zone, as TZ and /etc/localtime.',
      ),
  })
  .describe('A root file system of Debian’s packages, without a shell.');

export type DebianBaseConfig = z.output<typeof debianBaseSchema>;
