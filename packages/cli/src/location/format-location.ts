import { type Digest, formatReference, type Reference, repositoryNameOf } from '@catamaran/oci';
import type { Location } from './location.ts';

/** In full, so that every tool reads it alike: `docker://alpine` is "docker.io/library/alpine:latest". */
export function formatRegistryReference(reference: Reference): string {
  const { registry, repository } = repositoryNameOf(reference);
  const { tag, digest } = reference;
  return formatReference({
    registry,
    repository,
    ...(tag === undefined && digest === undefined ? { tag: 'latest' } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  });
}

/** A location with the digest of what is there. */
export function formatStored(location: Location, digest: Digest): string {
  if (location.kind === 'registry') return formatRegistryReference({ ...location.reference, digest });
  return `${formatPlace(location)}@${digest}`;
}

/** A location for people, and to be given to a command again. */
export function formatPlace(location: Location): string {
  if (location.kind === 'registry') return formatRegistryReference(location.reference);
  const { kind, path, reference } = location;
  if (!reference?.repository) return `${kind}:${path}`;
  return `${kind}:${path}:${formatReference({ ...reference })}`;
}

/** Without tag and digest. */
export function formatRepository(reference: Reference): string {
  const { registry, repository } = repositoryNameOf(reference);
  return `${registry}/${repository}`;
}
