import type { Context } from '../../context/context.ts';
import type { Scope } from '../auth/scope.ts';
import { registryErrors } from '../errors.ts';
import type { Answer } from '../http/answer.ts';
import { shownAddress } from '../http/shown-address.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pushScope, type Repository } from '../repository.ts';

/** An upload that has been begun. Every answer may name another place to go on at. */
export interface UploadSession {
  readonly location: URL;
  /** The smallest part that the registry takes, but for the last; 0 when it does not mind. */
  readonly minPartBytes: number;
}

/** What the registry has of an upload. */
export interface UploadState {
  readonly session: UploadSession;
  readonly receivedBytes: number;
}

/**
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs, and, with `mount`,
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository
 * @returns undefined when the blob was mounted: there is nothing to send
 */
export async function beginUpload(
  repository: Repository,
  mount: { readonly digest: string; readonly from: string } | undefined,
  ctx: Context,
): Promise<UploadSession | undefined> {
  const query = mount ? `?${new URLSearchParams({ mount: mount.digest, from: mount.from })}` : '';
  const from: readonly Scope[] = mount ? [{ repository: mount.from, actions: ['pull'] }] : [];
  const answer = await repository.connection.request(
    {
      method: 'POST',
      target: pathOf(repository, `blobs/uploads/${query}`),
      scopes: [...pushScope(repository), ...from],
      headers: { 'content-length': '0' },
      expected: mount ? [201, 202] : [202],
    },
    ctx,
  );
  await drain(answer.body);
  return answer.status === 201 ? undefined : sessionOf(answer, undefined, repository);
}

/** Asks what has arrived. @returns undefined when the registry knows nothing of the upload any more */
export async function uploadState(
  repository: Repository,
  session: UploadSession,
  ctx: Context,
): Promise<UploadState | undefined> {
  const answer = await repository.connection.request(
    {
      method: 'GET',
      target: session.location,
      scopes: pushScope(repository),
      // Some registries have 202 for it, some 200.
      expected: [200, 202, 204, 400, 404, 405, 416],
    },
    ctx,
  );
  await drain(answer.body);
  return answer.status >= 300 ? undefined : stateOf(answer, session, repository);
}

/** What an answer to a part or a question says of the upload; undefined where it says nothing that can be used. */
export function stateOf(
  answer: Answer,
  session: UploadSession,
  repository: Repository,
): UploadState | undefined {
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(answer.headers.range?.trim() ?? '')?.[1];
  // "0-0" is what registries say of one byte and of none.
  if (last === undefined || last === '0') return undefined;
  return { session: sessionOf(answer, session, repository), receivedBytes: Number(last) + 1 };
}

/** Where to go on: "Location" may be relative, and may hold a query that has to be kept. */
export function sessionOf(
  { headers, url }: Answer,
  before: UploadSession | undefined,
  { connection: { registry } }: Repository,
): UploadSession {
  const min = Number(headers['oci-chunk-min-length'] ?? before?.minPartBytes ?? 0);
  const minPartBytes = Number.isSafeInteger(min) && min > 0 ? min : 0;
  const text = headers.location;
  if (text === undefined && before) return { location: before.location, minPartBytes };
  const refuse = (reason: string) =>
    registryErrors.CATA_REGISTRY_REDIRECT({
      registry,
      path: url.pathname,
      location: shownAddress(text ?? ''),
      reason,
    });
  if (text === undefined || !URL.canParse(text, url.href)) throw refuse('that is no address to upload to');
  const location = new URL(text, url);
  const isSafe =
    location.protocol === 'https:' || (location.protocol === 'http:' && url.protocol === 'http:');
  if (!isSafe) throw refuse('that is no address with TLS');
  return { location, minPartBytes };
}
