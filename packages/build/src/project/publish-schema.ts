import { CatamaranError, parseReference, type Reference } from '@catamaran/oci';
import { z } from 'zod';

/** What is made of a repository in Amazon ECR that is not there yet. */
const ecr = z
  .strictObject({
    createRepository: z.boolean().default(true).describe('Make the repository when it is missing.'),
    immutableTags: z
      .boolean()
      .default(true)
      .describe(
        'A tag that was pushed stays what it is. A tag that moves, such as “latest”, can then be pushed only once.',
      ),
    scanOnPush: z.boolean().default(true).describe('Have every image scanned when it is pushed.'),
    expireUntaggedAfterDays: z
      .int()
      .min(1)
      .optional()
      .describe('Delete images without a tag after so many days. Default: they stay.'),
  })
  .prefault({});

export const publishSchema = z
  .strictObject({
    to: z
      .array(z.string().transform(parseTarget))
      .default([])
      .describe(
        'Images in registries, as in “registry.example.com/team/app:1.2”; each gets the whole index.',
      ),
    ecr: ecr.describe('Repositories in Amazon ECR that have to be made first.'),
  })
  .prefault({});

/** With its registry: what has none would be Docker Hub's own images, which nobody may push. */
function parseTarget(text: string, context: z.RefinementCtx<string>): Reference {
  const refuse = (reason: string) => {
    context.addIssue({ code: 'custom', message: `"${text}" ${reason}`, input: text });
    return z.NEVER;
  };
  try {
    const isDockerHub = text.startsWith('docker://');
    const reference = parseReference(isDockerHub ? text.slice('docker://'.length) : text);
    if (reference.digest) return refuse('names a digest, which only the image itself can have');
    if (!reference.registry && !isDockerHub)
      return refuse('names no registry, as in "docker.io/you/app:1.2"');
    return reference;
  } catch (error) {
    if (!(error instanceof CatamaranError)) throw error;
    return refuse('is no image reference; write it as in "registry.example.com/team/app:1.2"');
  }
}
