import type { Context } from '../../context/context.ts';
import { ociErrors } from '../../errors/errors.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import { digestOf, parseDigest } from '../../model/digest.ts';
import { isIndexType, isManifestType } from '../../model/media-types.ts';
import { maxManifestBytes } from '../../model/parse-manifest.ts';
import { quotable } from '../../model/quotable.ts';
import { registryErrors } from '../errors.ts';
import { announcedDigest } from '../http/announced-digest.ts';
import type { Answer } from '../http/answer.ts';
import type { Repository } from '../repository.ts';
import { manifestRequest } from './manifest-request.ts';

export interface FoundManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/**
 * The manifest that a tag or digest stands for, with the digest that its bytes have.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
 * @throws CATA_MANIFEST_NOT_FOUND, CATA_MANIFEST_TOO_LARGE, CATA_MANIFEST_INVALID when it is empty, CATA_DIGEST_MISMATCH,
 * CATA_REGISTRY_…
 */
export async function getManifest(
  repository: Repository,
  reference: string,
  ctx: Context,
): Promise<FoundManifest> {
  const { registry } = repository.connection;
  const subject = `The manifest ${reference} in ${registry}/${repository.name}`;
  const tooLarge = (sizeBytes: string) =>
    ociErrors.CATA_MANIFEST_TOO_LARGE({ subject, sizeBytes, maxBytes: maxManifestBytes });
  const { answer, bytes } = await repository.connection.read(
    manifestRequest(repository, 'GET', reference),
    { maxBytes: maxManifestBytes, tooLarge },
    ctx,
  );
  if (bytes.byteLength === 0) throw ociErrors.CATA_MANIFEST_INVALID({ subject, reason: 'it is empty' });
  const digest = digestOf(bytes);
  for (const expected of [
    reference.includes(':') ? parseDigest(reference) : undefined,
    announcedDigest(answer),
  ]) {
    if (expected && expected !== digest)
      throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual: digest, expected });
  }
  const mediaType = mediaTypeOf(answer, bytes);
  if (isPage(mediaType)) {
    const what = `200 with ${quotable(mediaType, 80)}`;
    throw registryErrors.CATA_REGISTRY_REFUSED({
      registry,
      method: 'GET',
      path: answer.url.pathname,
      answer: what,
    });
  }
  return { descriptor: { mediaType, digest, size: bytes.byteLength }, bytes };
}

/** A page for people, as portals and proxies give it whatever they are asked. */
function isPage(mediaType: string): boolean {
  return /^(?:text\/|application\/xhtml)/.test(mediaType);
}

/**
 * What a tag or digest stands for, as the registry describes it: registries that count pulls do not count this. One that
 * does not say enough, or something else than what was asked, is asked for the manifest.
 * @throws CATA_MANIFEST_NOT_FOUND, CATA_DIGEST_MISMATCH, CATA_REGISTRY_…
 */
export async function describeManifest(
  repository: Repository,
  reference: string,
  ctx: Context,
): Promise<Descriptor> {
  const answer = await repository.connection.request(manifestRequest(repository, 'HEAD', reference), ctx);
  answer.body.on('error', () => {}).resume();
  const digest = announcedDigest(answer);
  const mediaType = announcedType(answer);
  const size = Number(answer.headers['content-length'] ?? Number.NaN);
  const isOther = reference.includes(':') && digest !== reference;
  // No manifest is empty: where that is said, only the answer to HEAD is.
  if (digest && !isOther && isManifestOrIndex(mediaType) && Number.isSafeInteger(size) && size > 0)
    return { mediaType, digest, size };
  return (await getManifest(repository, reference, ctx)).descriptor;
}

/** The header's, or, where a registry knows no more than that it is JSON, what the document calls itself. */
function mediaTypeOf(answer: Answer, bytes: Uint8Array): string {
  const announced = announcedType(answer);
  if (isManifestOrIndex(announced)) return announced;
  try {
    const { mediaType } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly mediaType?: unknown };
    return typeof mediaType === 'string' ? mediaType : announced;
  } catch {
    return announced;
  }
}

function announcedType({ headers }: Answer): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';
}

function isManifestOrIndex(mediaType: string): boolean {
  return isIndexType(mediaType) || isManifestType(mediaType);
}
