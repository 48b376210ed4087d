import type { Reference } from '../model/reference.ts';

/** A repository and the registry that it is in. */
export interface RepositoryName {
  /** As people and credentials name it: `docker.io`, `registry.example.com:5000`. */
  readonly registry: string;
  /** Where it is spoken to. */
  readonly host: string;
  readonly repository: string;
}

const dockerHub = { registry: 'docker.io', host: 'registry-1.docker.io' };
/** Docker Hub under the names that tools have given it. */
const dockerHubHosts: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

export function isDockerHub(host: string): boolean {
  return dockerHubHosts.has(host);
}

/** As Docker completes names: no registry is Docker Hub, and what has no folder there is in `library`. */
export function repositoryNameOf({ registry, repository }: Reference): RepositoryName {
  if (registry !== undefined && !isDockerHub(registry)) {
    return { registry, host: registry, repository };
  }
  return { ...dockerHub, repository: repository.includes('/') ? repository : `library/${repository}` };
}
