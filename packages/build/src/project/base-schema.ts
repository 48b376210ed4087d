import { parseReference } from '@catamaran/oci';
import { z } from 'zod';

const registryBase = z
  .strictObject({
    kind: z.literal('registry'),
    image: z
      .string()
      .refine(isRegistryReference, 'is no image in a registry, as in "docker.io/library/node:24-slim"')
      .describe(
        'With its registry. What a tag stands for is kept in catamaran.lock.json until “catamaran base update”.',
      ),
  })
  .describe('An image in a registry.');

const layoutBase = z
  .strictObject({
    kind: z.literal('layout'),
    path: z.string().min(1).describe('The folder, from this file’s folder.'),
    name: z
      .string()
      .min(1)
      .optional()
      .describe('Which image of the layout, by its name. Not needed where there is only one.'),
  })
  .describe('An image in an OCI image layout on disk.');

const scratchBase = z
  .strictObject({ kind: z.literal('scratch') })
  .describe('Nothing at all: for programs that need no C library, which Node.js is not.');

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

const userName = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'is not the name of a user');
const userId = z.int().min(0).max(4294967294);

const debianBase = z
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
      .optional()
      .describe('Where the packages come from. Default: the sources of this machine’s apt.'),
    files: z.array(addedFile).default([]).describe('Files of the project to put into the base.'),
    user: z
      .union([
        userId,
        z.strictObject({
          name: userName.describe('In /etc/passwd and /etc/group.'),
          id: userId.describe('Of the user and of its group.'),
        }),
      ])
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

/** What a person writes; `kind` may be left out where it is Debian's. */
export const baseSchema = z
  .discriminatedUnion('kind', [debianBase, registryBase, layoutBase, scratchBase], {
    error: ({ code }) =>
      code === 'invalid_union' ? 'must be "debian", "registry", "layout" or "scratch"' : undefined,
  })
  .prefault({})
  .describe('The root file system under the application.');

export type DebianBaseConfig = z.output<typeof debianBase>;

function isRegistryReference(text: string): boolean {
  try {
    return parseReference(text).registry !== undefined;
  } catch {
    return false;
  }
}
