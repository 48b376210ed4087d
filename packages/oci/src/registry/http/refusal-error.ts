import { CatamaranError } from '../../errors/catamaran-error.ts';
import { registryErrors } from '../errors.ts';
import type { Refusal } from './answer.ts';

export interface RefusedRequest {
  readonly registry: string;
  readonly method: string;
  /** Without its query, which may hold what is nobody's business. */
  readonly path: string;
  /** What the request was to be allowed to do, for people. */
  readonly scope: string;
  readonly hasCredentials: boolean;
  /** What is wrong with the token that was sent, as OAuth 2 names it (RFC 6750 § 3.1). */
  readonly tokenError?: string;
}

const refusals = new WeakMap<CatamaranError, Refusal>();

/** What a registry answered, of an error that it was made into. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof CatamaranError ? refusals.get(error) : undefined;
}

/** A registry's refusal as an error that quotes it. */
export function refusalError(refusal: Refusal, request: RefusedRequest): CatamaranError {
  const error = codedError(refusal, request);
  refusals.set(error, refusal);
  return error;
}

function codedError(refusal: Refusal, request: RefusedRequest): CatamaranError {
  const { registry, method, path, scope } = request;
  const asked = { registry, method, path, answer: refusal.text };
  const { status, code } = refusal;
  // The token service knows who it is, and did not put into the token what was asked for.
  if (status === 401 && request.hasCredentials && request.tokenError === 'insufficient_scope') {
    const answer = `${refusal.text}; the token is not for ${scope}`;
    return registryErrors.CATA_REGISTRY_DENIED({ ...asked, answer });
  }
  if (status === 401) {
    const credentials = request.hasCredentials
      ? 'The credentials that were found are not accepted.'
      : 'No credentials were found for it.';
    return registryErrors.CATA_REGISTRY_UNAUTHORIZED({ registry, scope, answer: refusal.text, credentials });
  }
  const [, repository = '', reference, digest] =
    /^\/v2\/(.+)\/(?:manifests\/(.+)|blobs\/(sha256:.+)|(?:blobs|tags|referrers)\/.*)$/.exec(path) ?? [];
  const answer = refusal.text;
  // ECR has 400 for it, others 403, 409 or 412; they agree in the word.
  if (method === 'PUT' && reference && status < 500 && /immutable/i.test(answer))
    return registryErrors.CATA_TAG_IMMUTABLE({ registry, repository, tag: reference, answer });
  if (status === 403) return registryErrors.CATA_REGISTRY_DENIED(asked);
  if (status === 404) {
    if (code === 'NAME_UNKNOWN')
      return registryErrors.CATA_REPOSITORY_NOT_FOUND({ registry, repository, answer });
    if (digest) return registryErrors.CATA_BLOB_NOT_FOUND({ registry, repository, digest, answer });
    if (reference) return registryErrors.CATA_MANIFEST_NOT_FOUND({ registry, repository, reference, answer });
  }
  if (status === 429) return registryErrors.CATA_REGISTRY_BUSY(asked);
  if (status === 408 || status >= 500) return registryErrors.CATA_REGISTRY_FAILED(asked);
  return registryErrors.CATA_REGISTRY_REFUSED(asked);
}
