import { formatReference, parseReference, type Reference, repositoryNameOf } from '@catamaran/oci';

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
