import { isDockerHub } from '../repository-name.ts';

/** A registry's host and port as this folder compares them: in lower case, Docker Hub as "docker.io". */
export function canonicalRegistry(host: string): string {
  const lower = host.toLowerCase();
  return isDockerHub(lower) ? 'docker.io' : lower;
}

/** What Docker's files and credential helpers call the registry. */
export function serverName(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}

/**
 * What a key of an auth file is about: "host", or Podman's "host/namespace". Keys with a scheme or a slash at
 * their end are addresses, as Docker wrote them ("https://host/v1/"), and their path means nothing.
 */
export function scopeOfKey(key: string): string {
  const bare = key.replace(/^https?:\/\//i, '');
  const [host = '', ...path] = bare.split('/');
  const isAddress = bare !== key || key.endsWith('/');
  return [canonicalRegistry(host), ...(isAddress ? [] : path)].join('/');
}

/**
 * The values whose keys are about this repository, the most particular first: those with the longest prefix
 * of its path, and among them the one that is written in just that way.
 * https://github.com/containers/image/blob/v5.36.2/docs/containers-auth.json.5.md
 */
export function matchesInScope<T>(
  entries: ReadonlyMap<string, T>,
  registry: string,
  repository: string,
): readonly T[] {
  const full = `${canonicalRegistry(registry)}/${repository}`;
  return [...entries]
    .map(([key, value]) => ({ key, value, scope: scopeOfKey(key) }))
    .filter(({ scope }) => full.startsWith(`${scope}/`) || full === scope)
    .sort((a, b) => b.scope.length - a.scope.length || Number(b.key === b.scope) - Number(a.key === a.scope))
    .map(({ value }) => value);
}
