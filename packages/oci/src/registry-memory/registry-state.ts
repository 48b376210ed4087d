import type { Clock } from '../context/clock.ts';
import type { StoredManifest } from './memory-registry.ts';
import type { AuthOptions, Quirks } from './options.ts';
import { Refusal } from './refusal.ts';
import type { TokenService } from './token-service.ts';
import type { Upload } from './upload.ts';

/** One repository. Keys are digests, but for tags. */
export interface RepositoryContent {
  readonly blobs: Map<string, Uint8Array>;
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
}

/** What all requests to a registry work on. */
export interface RegistryState {
  readonly origin: string;
  readonly address: string;
  readonly quirks: Partial<Quirks>;
  readonly clock: Pick<Clock, 'now'>;
  readonly auth: AuthOptions | undefined;
  readonly tokens: TokenService | undefined;
  readonly repositories: Map<string, RepositoryContent>;
  /** By session ID. */
  readonly uploads: Map<string, Upload>;
  /** When manifests were put in the last second, in milliseconds since 1970-01-01 UTC. */
  readonly manifestPuts: number[];
  /** From 1, never the same: for the IDs of sessions and tokens, so that they are the same in every run. */
  nextNumber(): number;
}

/** Empty where nothing has been pushed yet. @throws Refusal where repositories have to be created */
export function repositoryOf(registry: RegistryState, name: string): RepositoryContent {
  const existing = registry.repositories.get(name);
  if (!existing && registry.quirks.ecr) {
    throw new Refusal(404, 'NAME_UNKNOWN', `The repository with name '${name}' does not exist`);
  }
  return existing ?? { blobs: new Map(), manifests: new Map(), tags: new Map() };
}

/** As it is needed before anything is written to it. */
export function createdRepository(registry: RegistryState, name: string): RepositoryContent {
  const repository = repositoryOf(registry, name);
  registry.repositories.set(name, repository);
  return repository;
}

/** Where something is, as Location and Link have it. */
export function locationOf({ origin, quirks }: RegistryState, path: string): string {
  return quirks.absoluteLocations ? `${origin}${path}` : path;
}
