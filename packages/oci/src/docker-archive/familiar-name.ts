import type { Reference } from '../model/reference.ts';

/**
 * A name as Docker shows it: "docker.io/library/bookstore" is "bookstore:latest". Names that Docker takes for the
 * same one become the same here (https://github.com/distribution/reference, FamiliarString and TagNameOnly).
 */
export function familiarName({ registry, repository, tag = 'latest' }: Reference): string {
  const isHub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io';
  const name = isHub ? repository.replace(/^library\/(?=[^/]+$)/, '') : `${registry}/${repository}`;
  return `${name}:${tag}`;
}
