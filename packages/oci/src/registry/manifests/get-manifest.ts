import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { type Digest, digestOf, parseDigest } from '../../model/digest.ts';
import { isIndexType, isManifestType } from '../../model/media-types.ts';
import { maxManifestBytes } from '../../model/parse-manifest.ts';
import type { Answer } from '../http/answer.ts';
import { readBounded } from '../http/read-bounded.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';
import { acceptManifests } from './accept.ts';

export interface FoundManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/**
 * The manifest that a tag or digest stands for, with the digest that its bytes have.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
 * @throws CATA_MANIFEST_NOT_FOUND, CATA_MANIFEST_TOO_LARGE, CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function getManifest(
  repository: Repository,
  reference: string,
  ctx: Context,
): Promise<FoundManifest> {
  const { registry } = repository.connection;
  const answer = await requestManifest(repository, 'GET', reference, ctx);
  const subject = `The manifest ${reference} in ${registry}/${repository.name}`;
  const announced = Number(answer.headers['content-length'] ?? 0);
  if (announced > maxManifestBytes) {
    answer.body.on('error', () => {}).destroy();
    throw ociErrors.CATA_MANIFEST_TOO_LARGE({ subject, sizeBytes: announced, maxBytes: maxManifestBytes });
  }
  const bytes = await readBounded(answer, maxManifestBytes, registry, ctx);
  const digest = digestOf(bytes);
  for (const expected of [
    reference.includes(':') ? parseDigest(reference) : undefined,
    announcedDigest(answer),
  ]) {
    if (expected && expected !== digest)
      throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: digest, expected });
  }
  return { descriptor: { mediaType: mediaTypeOf(answer, bytes), digest, size: bytes.byteLength }, bytes };
}

/** What a tag or digest stands for, without its content; undefined when there is none. */
export async function headManifest(
  repository: Repository,
  reference: string,
  ctx: Context,
): Promise<Digest | undefined> {
  const answer = await requestManifest(repository, 'HEAD', reference, ctx, [404]);
  answer.body.on('error', () => {}).resume();
  return answer.status === 404 ? undefined : announcedDigest(answer);
}

async function requestManifest(
  repository: Repository,
  method: 'GET' | 'HEAD',
  reference: string,
  ctx: Context,
  alsoExpected: readonly number[] = [],
): Promise<Answer> {
  return repository.connection.request(
    {
      method,
      target: pathOf(repository, `manifests/${reference}`),
      scopes: pullScope(repository),
      headers: { accept: acceptManifests },
      expected: [200, ...alsoExpected],
    },
    ctx,
  );
}

/** Undefined where a registry does not say, or says it in an algorithm that is not used here. */
function announcedDigest({ headers }: Answer): Digest | undefined {
  const text = headers['docker-content-digest'];
  return text?.startsWith('sha256:') ? parseDigest(text) : undefined;
}

/** The header's, or, where a registry knows no more than that it is JSON, what the document calls itself. */
function mediaTypeOf({ headers }: Answer, bytes: Uint8Array): string {
  const announced = (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';
  if (isIndexType(announced) || isManifestType(announced)) return announced;
  try {
    const { mediaType } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly mediaType?: unknown };
    return typeof mediaType === 'string' ? mediaType : announced;
  } catch {
    return announced;
  }
}
