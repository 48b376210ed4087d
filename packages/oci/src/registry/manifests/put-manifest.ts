import type { ManifestContent } from '../../content/content-of.ts';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { Digest } from '../../model/digest.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import type { Answer } from '../http/answer.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pushScope, type Repository } from '../repository.ts';
import { headManifest } from './head-manifest.ts';

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
 * @throws CATA_TAG_IMMUTABLE, CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function putManifest(
  repository: Repository,
  manifest: ManifestContent,
  tag: string | undefined,
  ctx: Context,
): Promise<PutAnswer> {
  const { registry } = repository.connection;
  const { digest } = manifest.descriptor;
  const report = (sentBytes: number) =>
    ctx.emit({ type: 'manifest.pushed', registry, digest, sentBytes, ...(tag === undefined ? {} : { tag }) });
  const isThere = async () => (await usableDigest(repository, tag ?? digest, ctx)) === digest;
  if (!(await isThere())) {
    try {
      const answer = await send(repository, manifest, tag ?? digest, ctx);
      report(manifest.bytes.byteLength);
      return { keepsReferrers: answer.headers['oci-subject'] !== undefined };
    } catch (error) {
      // It may have been put by a request whose answer got lost.
      const isImmutable = error instanceof CatamaranError && error.code === 'CATA_TAG_IMMUTABLE';
      if (!isImmutable || !(await isThere())) throw error;
    }
  }
  report(0);
  return { keepsReferrers: undefined };
}

/** What is there and is of no use: to be put again. */
const unusableCodes: ReadonlySet<string> = new Set([
  'CATA_MANIFEST_NOT_FOUND',
  'CATA_MANIFEST_TOO_LARGE',
  'CATA_MANIFEST_INVALID',
  'CATA_DIGEST_MISMATCH',
]);

async function usableDigest(repository: Repository, name: string, ctx: Context): Promise<Digest | undefined> {
  try {
    return await headManifest(repository, name, ctx);
  } catch (error) {
    if (error instanceof CatamaranError && unusableCodes.has(error.code)) return undefined;
    throw error;
  }
}

/** The specification's, and what others say of the same; whether it is what was sent, the digest tells. */
const storedStatuses: readonly number[] = [201, 200, 202, 204];

async function send(
  repository: Repository,
  { descriptor: { digest, mediaType }, bytes }: ManifestContent,
  name: string,
  ctx: Context,
): Promise<Answer> {
  const answer = await repository.connection.request(
    {
      method: 'PUT',
      target: pathOf(repository, `manifests/${name}`),
      scopes: pushScope(repository),
      headers: { 'content-type': mediaType, 'content-length': String(bytes.byteLength) },
      body: () => bytes,
      expected: storedStatuses,
    },
    ctx,
  );
  await drain(answer.body);
  const stored = announcedDigest(answer);
  if (stored !== undefined && stored !== digest) {
    const subject = `What ${repository.connection.registry} stored`;
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: stored, expected: digest });
  }
  return answer;
}
