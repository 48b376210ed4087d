import type { ContentSink } from '../../content/content-sink.ts';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { RegistryOptions } from '../registry-options.ts';
import type { Repository } from '../repository.ts';
import { createEcrRepository } from './create-ecr-repository.ts';

/** Makes the repository when ECR says that there is none, once, and puts again what had been refused. */
export function withEcrRepository(
  sink: ContentSink,
  { connection: { registry }, name }: Repository,
  { settings, environment }: NonNullable<RegistryOptions['ecr']>,
): ContentSink {
  let created: Promise<unknown> | undefined;
  const orCreated = async (put: () => Promise<void>, ctx: Context) => {
    try {
      await put();
    } catch (error) {
      if (!isRepositoryNotFound(error)) throw error;
      created ??= createEcrRepository(registry, name, settings, environment, ctx);
      await created;
      await put();
    }
  };
  return {
    atOnce: sink.atOnce,
    putBlob: (blob, ctx) => orCreated(() => sink.putBlob(blob, ctx), ctx),
    putManifest: (manifest, ctx) => orCreated(() => sink.putManifest(manifest, ctx), ctx),
  };
}

export function isRepositoryNotFound(error: unknown): boolean {
  return error instanceof CatamaranError && error.code === 'CATA_REPOSITORY_NOT_FOUND';
}
