import { parseReference } from '@catamaran/oci';
import { z } from 'zod';
import { debianBaseSchema } from './debian-base-schema.ts';

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

/** What a person writes; `kind` may be left out where it is Debian's. */
export const baseSchema = z
  .discriminatedUnion('kind', [debianBaseSchema, registryBase, layoutBase, scratchBase], {
    error: ({ code }) =>
      code === 'invalid_union' ? 'must be "debian", "registry", "layout" or "scratch"' : undefined,
  })
  .prefault({})
  .describe('The root file system under the application.');

function isRegistryReference(text: string): boolean {
  try {
    return parseReference(text).registry !== undefined;
  } catch {
    return false;
  }
}
