import { ociErrors } from '../errors/errors.ts';
import { type Digest, parseDigest } from './digest.ts';

/** An image by name. A layout on disk has no registry; there `repository` and `tag` make the ref name. */
export interface Reference {
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const pattern = new RegExp(
  `^(?:(?<registry>(?:localhost|[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\\d)|\\[[0-9a-fA-F:]+\\])(?::\\d+)?)/)?` +
    `(?<repository>${component}(?:/${component})*)` +
    '(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(?:@(?<digest>[a-z0-9]+:.*))?$',
);

/** @throws CATA_REFERENCE_INVALID, CATA_DIGEST_INVALID */
export function parseReference(text: string): Reference {
  const groups = pattern.exec(text)?.groups;
  if (!groups?.repository || !isHost(groups.registry)) throw ociErrors.CATA_REFERENCE_INVALID({ text });
  return {
    ...(groups.registry ? { registry: groups.registry } : {}),
    repository: groups.repository,
    ...(groups.tag ? { tag: groups.tag } : {}),
    ...(groups.digest ? { digest: parseDigest(groups.digest) } : {}),
  };
}

export function formatReference(reference: Reference): string {
  const name = reference.registry ? `${reference.registry}/${reference.repository}` : reference.repository;
  const tagged = reference.tag ? `${name}:${reference.tag}` : name;
  return reference.digest ? `${tagged}@${reference.digest}` : tagged;
}

/** What looks like a host need not be one: 999.1.1.1, [:::], a port beyond 65535. */
function isHost(registry: string | undefined): boolean {
  return registry === undefined || URL.canParse(`https://${registry}`);
}
