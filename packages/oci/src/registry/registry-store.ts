import { contentOf } from '../content/content-of.ts';
import { putParts } from '../content/content-sink.ts';
import { storedImage } from '../content/stored-image.ts';
import type { Context } from '../context/context.ts';
import { runTogether } from '../context/run-together.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { ImageStore } from '../image/image-store.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import { formatReference, type Reference } from '../model/reference.ts';
import { memoryOrigins } from './blobs/blob-origins.ts';
import { deleteBlob } from './blobs/delete-blob.ts';
import { tryUpload } from './blobs/try-upload.ts';
import { parseEcrHost } from './ecr/ecr-host.ts';
import { isRepositoryNotFound, withEcrRepository } from './ecr/ecr-repository-sink.ts';
import { registryErrors } from './errors.ts';
import { type Connection, openConnection } from './http/connection.ts';
import { listTags } from './list-tags.ts';
import { deleteManifest } from './manifests/delete-manifest.ts';
import { describeManifest, getManifest } from './manifests/get-manifest.ts';
import { listReferrers } from './referrers/list-referrers.ts';
import { putListed } from './referrers/put-listed.ts';
import { repositoryReader, repositorySink } from './registry-content.ts';
import type { RegistryOptions } from './registry-options.ts';
import type { Repository } from './repository.ts';
import { repositoryNameOf } from './repository-name.ts';

/**
 * Images in registries. A reference without a registry is Docker Hub's, and one without tag or digest is `latest`, as
 * Docker has it. Everything that comes in is verified.
 */
export interface RegistryStore extends ImageStore, AsyncDisposable {
  /** Puts one image under several names; what they have in common is sent once to each repository. */
  publish(references: readonly Reference[], image: Image | ImageIndex, ctx: Context): Promise<Descriptor>;
  /** Whether it is a registry, and lets this client in. */
  ping(reference: Reference, ctx: Context): Promise<void>;
  /** Whether a push would be let in: worth asking before a long build. Nothing is left behind. */
  tryPush(reference: Reference, ctx: Context): Promise<void>;
  /** What a name stands for, without reading further. */
  resolve(reference: Reference, ctx: Context): Promise<Descriptor>;
  tags(repository: Reference, ctx: Context): AsyncIterable<string>;
  referrers(
    subject: Reference & { readonly digest: Digest },
    artifactType: string | undefined,
    ctx: Context,
  ): Promise<readonly Descriptor[]>;
  /** A tag, or, by digest, an image with all its tags. */
  delete(reference: Reference, ctx: Context): Promise<void>;
  /** One blob of a repository, whatever still names it. */
  deleteBlob(repository: Reference, digest: Digest, ctx: Context): Promise<void>;
}

/** "Layer part size: 5 to 10 MiB" (Amazon ECR quotas). */
const ecrPartBytes = 10 * 1024 * 1024;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md */
export function registryStore(options: RegistryOptions = {}): RegistryStore {
  const connections = new Map<string, Connection>();
  const origins = options.origins ?? memoryOrigins();

  function repositoryOf(reference: Reference): Repository {
    const { registry, host, repository } = repositoryNameOf(reference);
    let connection = connections.get(host);
    if (!connection) {
      connection = openConnection({ registry, host }, options);
      connections.set(host, connection);
    }
    return { connection, name: repository };
  }

  function sinkOf(repository: Repository) {
    const isEcr = parseEcrHost(repository.connection.registry) !== undefined;
    const sink = repositorySink(repository, {
      limits: {
        maxBytes: Math.min(
          options.maxPartBytes ?? Number.POSITIVE_INFINITY,
          isEcr ? ecrPartBytes : Number.POSITIVE_INFINITY,
        ),
      },
      origins,
      atOnce: options.atOnce ?? 4,
    });
    return isEcr && options.ecr ? withEcrRepository(sink, repository, options.ecr) : sink;
  }

  async function tryPush(repository: Repository, ctx: Context): Promise<void> {
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

  return {
    publish,
    async get(reference, ctx) {
      const repository = repositoryOf(reference);
      const found = await getManifest(repository, nameOf(reference), ctx);
      return storedImage(found.descriptor, repositoryReader(repository, found, ctx));
    },
    put: (reference, image, ctx) => publish([reference], image, ctx),
    ping: (reference, ctx) => repositoryOf(reference).connection.ping(ctx),
    tryPush: (reference, ctx) => tryPush(repositoryOf(reference), ctx),
    resolve: (reference, ctx) => describeManifest(repositoryOf(reference), nameOf(reference), ctx),
    tags: (repository, ctx) => listTags(repositoryOf(repository), ctx),
    referrers: (subject, artifactType, ctx) =>
      listReferrers(repositoryOf(subject), subject.digest, artifactType, ctx),
    delete: (reference, ctx) => deleteManifest(repositoryOf(reference), reference, ctx),
    deleteBlob: (repository, digest, ctx) => deleteBlob(repositoryOf(repository), digest, ctx),
    async [Symbol.asyncDispose]() {
      await Promise.all([...connections.values()].map((connection) => connection.close()));
      connections.clear();
    },
  };
}

function nameOf({ tag, digest }: Reference): string {
  return digest ?? tag ?? 'latest';
}

/** @throws CATA_REGISTRY_PUSH_BY_DIGEST */
function requireDigest(reference: Reference, { digest }: Descriptor): void {
  if (reference.digest === undefined || reference.digest === digest) return;
  throw registryErrors.CATA_REGISTRY_PUSH_BY_DIGEST({
    reference: formatReference(reference),
    actual: digest,
  });
}
