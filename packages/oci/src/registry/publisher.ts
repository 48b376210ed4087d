import { contentOf } from '../content/content-of.ts';
import { putParts } from '../content/content-sink.ts';
import type { Context } from '../context/context.ts';
import { runTogether } from '../context/run-together.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { formatReference, type Reference } from '../model/reference.ts';
import type { BlobOrigins } from './blobs/blob-origins.ts';
import { tryUpload } from './blobs/try-upload.ts';
import { parseEcrHost } from './ecr/ecr-host.ts';
import { isRepositoryNotFound, withEcrRepository } from './ecr/ecr-repository-sink.ts';
import { registryErrors } from './errors.ts';
import { putListed } from './referrers/put-listed.ts';
import { repositorySink } from './registry-content.ts';
import type { RegistryOptions } from './registry-options.ts';
import type { Repository } from './repository.ts';
import { repositoryNameOf } from './repository-name.ts';

/** Puts images into repositories: parts first, the root next, and its names last. */
export interface Publisher {
  publish(references: readonly Reference[], image: Image | ImageIndex, ctx: Context): Promise<Descriptor>;
  tryPush(reference: Reference, ctx: Context): Promise<void>;
}

/** "Layer part size: 5 to 10 MiB" (Amazon ECR quotas). */
const ecrPartBytes = 10 * 1024 * 1024;

export function publisher(
  repositoryOf: (reference: Reference) => Repository,
  options: RegistryOptions & { readonly origins: BlobOrigins },
): Publisher {
  function sinkOf(repository: Repository) {
    const isEcr = parseEcrHost(repository.connection.registry) !== undefined;
    const sink = repositorySink(repository, {
      limits: {
        maxBytes: Math.min(
          options.maxPartBytes ?? Number.POSITIVE_INFINITY,
          isEcr ? ecrPartBytes : Number.POSITIVE_INFINITY,
        ),
      },
      origins: options.origins,
      atOnce: options.atOnce ?? 4,
    });
    return isEcr && options.ecr ? withEcrRepository(sink, repository, options.ecr) : sink;
  }

  async function tryPush(reference: Reference, ctx: Context): Promise<void> {
    const repository = repositoryOf(reference);
    try {
      await tryUpload(repository, ctx);
    } catch (error) {
      const isToBeMade =
        options.ecr !== undefined && parseEcrHost(repository.connection.registry) !== undefined;
      if (!isToBeMade || !isRepositoryNotFound(error)) throw error;
    }
  }

  async function publishTo(
    repository: Repository,
    references: readonly Reference[],
    image: Image | ImageIndex,
    ctx: Context,
  ): Promise<Descriptor> {
    const content = await contentOf(image);
    const { root } = content;
    for (const reference of references) requireDigest(reference, root.descriptor);
    await putParts(content, sinkOf(repository), ctx);
    for (const { tag, digest } of references) {
      const name = tag ?? (digest ? undefined : 'latest');
      await putListed(repository, root, name, ctx);
    }
    return root.descriptor;
  }

  async function publish(references: readonly Reference[], image: Image | ImageIndex, ctx: Context) {
    const byHost = Map.groupBy(references, (reference) => repositoryNameOf(reference).host);
    const [first] = await runTogether(
      [...byHost.values()].map((group) => (inner: Context) => publishToHost(group, image, inner)),
      ctx,
    );
    if (!first) throw new Error('there is nowhere to publish to');
    return first;
  }

  /** One repository after the other: the later ones mount what the first one has been sent. */
  async function publishToHost(references: readonly Reference[], image: Image | ImageIndex, ctx: Context) {
    const byRepository = Map.groupBy(references, (reference) => repositoryNameOf(reference).repository);
    let published: Descriptor | undefined;
    for (const group of byRepository.values()) {
      published = await publishTo(repositoryOf(group[0] as Reference), group, image, ctx);
    }
    return published;
  }

  return { publish, tryPush };
}

/** @throws CATA_REGISTRY_PUSH_BY_DIGEST */
function requireDigest(reference: Reference, { digest }: Descriptor): void {
  if (reference.digest === undefined || reference.digest === digest) return;
  throw registryErrors.CATA_REGISTRY_PUSH_BY_DIGEST({
    reference: formatReference(reference),
    actual: digest,
  });
}
