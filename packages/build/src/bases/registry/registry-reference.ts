import {
  type Context,
  formatReference,
  parseReference,
  type Reference,
  repositoryNameOf,
} from '@catamaran/oci';
import type { OpenRegistry } from './base-registry.ts';
import type { RemoteParts } from './cached-reader.ts';

/** As Docker completes names: the registry, the folder, and the tag "latest". */
export function completeReference(text: string): Reference {
  const reference = parseReference(text);
  const { registry, repository } = repositoryNameOf(reference);
  const { digest, tag = digest ? undefined : 'latest' } = reference;
  return { registry, repository, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}

/** What an image names it by: its tag where it has one, as the digest stands beside it. */
export function nameOfReference({ digest, ...rest }: Reference): string {
  return formatReference(rest.tag ? rest : { ...rest, ...(digest ? { digest } : {}) });
}

/** Its repository as a place to read from, when something is to be read. */
export function remoteParts(reference: Reference, open: OpenRegistry, ctx: Context): RemoteParts {
  const { registry, repository } = repositoryNameOf(reference);
  return {
    place: `${registry}/${repository}`,
    origin: { registry, repository },
    open: async () => (await open()).reader(reference, ctx),
  };
}
