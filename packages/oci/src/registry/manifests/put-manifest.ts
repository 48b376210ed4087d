import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pushScope, type Repository } from '../repository.ts';
import { headManifest } from './get-manifest.ts';

export interface PutAnswer {
  /**
   * Whether the registry says that it lists the manifest among what refers to its subject; undefined when the manifest
   * was there already, and nothing was said.
   */
  readonly keepsReferrers: boolean | undefined;
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
    return { keepsReferrers: undefined };
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
  const stored = announcedDigest(answer);
  if (stored !== undefined && stored !== digest) {
    const subject = `What ${registry} stored`;
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: stored, expected: digest });
  }
  report(bytes.byteLength);
  return { keepsReferrers: answer.headers['oci-subject'] !== undefined };
}
