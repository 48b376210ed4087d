import type { ContentReader } from '../content/content-reader.ts';
import { storedImage } from '../content/stored-image.ts';
import type { Context } from '../context/context.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { ImageStore } from '../image/image-store.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { Digest } from '../model/digest.ts';
import type { Reference } from '../model/reference.ts';
import { memoryOrigins } from './blobs/blob-origins.ts';
import { deleteBlob } from './blobs/delete-blob.ts';
import { type Connection, openConnection } from './http/connection.ts';
import { listTags } from './list-tags.ts';
import { deleteManifest } from './manifests/delete-manifest.ts';
import { describeManifest, getManifest } from './manifests/get-manifest.ts';
import { publisher } from './publisher.ts';
import { listReferrers } from './referrers/list-referrers.ts';
import { repositoryReader } from './registry-content.ts';
import type { RegistryOptions } from './registry-options.ts';
import { rememberingReader } from './remembering-reader.ts';
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
  /** A repository as a place to read the parts of images from; nothing is asked for before. */
  reader(repository: Reference, ctx: Context): ContentReader;
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

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md */
export function registryStore(options: RegistryOptions = {}): RegistryStore {
  const connections = new Map<string, Connection>();

  function repositoryOf(reference: Reference): Repository {
    const { registry, host, repository } = repositoryNameOf(reference);
    let connection = connections.get(host);
    if (!connection) {
      connection = openConnection({ registry, host }, options);
      connections.set(host, connection);
    }
    return { connection, name: repository };
  }

  const origins = options.origins ?? memoryOrigins();
  const { publish, tryPush } = publisher(repositoryOf, { ...options, origins });

  return {
    publish,
    async get(reference, ctx) {
      const repository = repositoryOf(reference);
      const found = await getManifest(repository, nameOf(reference), ctx);
      return storedImage(found.descriptor, repositoryReader(repository, found, ctx));
    },
    put: (reference, image, ctx) => publish([reference], image, ctx),
    ping: (reference, ctx) => repositoryOf(reference).connection.ping(ctx),
    tryPush,
    resolve: (reference, ctx) => describeManifest(repositoryOf(reference), nameOf(reference), ctx),
    reader: (repository, ctx) =>
      rememberingReader(repositoryReader(repositoryOf(repository), undefined, ctx), origins),
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
