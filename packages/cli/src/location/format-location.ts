import { type Digest, formatReference, type Reference, repositoryNameOf } from '@catamaran/oci';
import type { Location, NamedLocation } from './location.ts';

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
export function formatStored(location: NamedLocation, digest: Digest): string {
  return formatPlace({ ...location, reference: { ...location.reference, digest } });
}

/** A location for people, and to be given to a command again. */
export function formatPlace(location: Location): string {
  if (location.kind === 'registry') return formatRegistryReference(location.reference);
  const { kind, path, reference } = location;
  const { digest, ...name } = reference ?? { repository: '' };
  const named = name.repository === '' ? '' : `:${formatReference(name)}`;
  return `${kind}:${path}${named}${digest ? `@${digest}` : ''}`;
}

/** Without tag and digest. */
export function formatRepository(reference: Reference): string {
  const { registry, repository } = repositoryNameOf(reference);
  return `${registry}/${repository}`;
}
