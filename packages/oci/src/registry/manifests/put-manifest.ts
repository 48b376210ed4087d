import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pushScope, type Repository } from '../repository.ts';
import { headManifest } from './get-manifest.ts';

export interface PutAnswer {
  /** False when a manifest with a subject was stored, and the client is to keep the list of what refers to it. */
  readonly keepsReferrers: boolean;
}

/**
 * Puts a manifest under its digest or a tag, unless that stands for it already: a tag that must not change may still be
 * pushed again. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests
 * @throws CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function putManifest(
  repository: Repository,
  { descriptor, bytes }: ManifestContent,
  tag: string | undefined,
  ctx: Context,
): Promise<PutAnswer> {
  const { registry } = repository.connection;
  const { digest, mediaType } = descriptor;
  const report = (sentBytes: number) =>
    ctx.emit({ type: 'manifest.pushed', registry, digest, sentBytes, ...(tag === undefined ? {} : { tag }) });
  if ((await headManifest(repository, tag ?? digest, ctx)) === digest) {
    report(0);
    return { keepsReferrers: true };
  }
  const answer = await repository.connection.request(
    {
      method: 'PUT',
      target: pathOf(repository, `manifests/${tag ?? digest}`),
      scopes: pushScope(repository),
      headers: { 'content-type': mediaType, 'content-length': String(bytes.byteLength) },
      body: () => bytes,
      expected: [201],
    },
    ctx,
  );
  await drain(answer.body);
  const stored = answer.headers['docker-content-digest'];
  if (stored !== undefined && stored !== digest) {
    const subject = `What ${registry} stored`;
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: stored.slice(0, 100), expected: digest });
  }
  report(bytes.byteLength);
  return { keepsReferrers: answer.headers['oci-subject'] !== undefined };
}
