import type { Dispatcher } from 'undici';
import type { Context } from '../../context/context.ts';
import type { Credential } from '../credentials/credentials.ts';
import { registryErrors } from '../errors.ts';
import { type Answer, readRefusal } from '../http/answer.ts';
import { noteRetryAfter } from '../http/patience.ts';
import { readBounded } from '../http/read-bounded.ts';
import { refusalError } from '../http/refusal-error.ts';
import { secretsOf } from '../http/secrets.ts';
import { transportError } from '../http/transport.ts';
import { basicHeader } from './basic-header.ts';
import { basicRequest, refreshRequest, type TokenRequest } from './token-request.ts';

/** Who gives out tokens for a registry. https://distribution.github.io/distribution/spec/auth/token/ */
export interface TokenService {
  readonly registry: string;
  readonly dispatcher: Dispatcher;
  readonly realm: URL;
  readonly service: string | undefined;
}

export interface Token {
  readonly value: string;
  /** Since 1970. */
  readonly expiresAtMs: number;
}

/** "For compatibility with older clients, a token should never be returned with less than 60 seconds to live." */
const shortestLifeSeconds = 60;
const maxAnswerBytes = 1024 * 1024;

/**
 * Asks for a token: with a refresh token by OAuth 2 (https://distribution.github.io/distribution/spec/auth/oauth/),
 * with a user and a password by Basic, or as nobody. Redirects are not followed: credentials would follow.
 */
export async function fetchToken(
  service: TokenService,
  scopes: readonly string[],
  credential: Credential | undefined,
  ctx: Context,
): Promise<Token> {
  const { registry, realm } = service;
  const isRefresh = credential !== undefined && 'identityToken' in credential;
  const request = isRefresh
    ? refreshRequest(service, scopes, credential.identityToken)
    : basicRequest(service, scopes, credential);
  const answer = await send(service, request, ctx);
  if (answer.status !== 200) {
    const secrets = secretsIn(credential);
    const path = `${realm.origin}${realm.pathname}`;
    const refused = {
      registry,
      method: request.method,
      path,
      scope: scopes.join(' '),
      hasCredentials: credential !== undefined,
    };
    const error = refusalError(await readRefusal(answer, secrets), refused);
    noteRetryAfter(error, answer.headers['retry-after'], ctx);
    throw error;
  }
  const bytes = await readBounded(answer, { maxBytes: maxAnswerBytes }, registry, ctx);
  return parseToken(Buffer.from(bytes).toString('utf8'), service, ctx);
}

async function send(
  { registry, dispatcher }: TokenService,
  { url, ...request }: TokenRequest,
  ctx: Context,
): Promise<Answer> {
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      ...request,
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      signal: ctx.signal,
    });
    return { status: statusCode, headers: headers as Record<string, string>, body, url };
  } catch (cause) {
    throw transportError(registry, cause, ctx);
  }
}

/** @throws CATA_REGISTRY_FAILED for what may be better the next time, CATA_REGISTRY_CHALLENGE for what will not */
function parseToken(text: string, { registry, realm }: TokenService, ctx: Context): Token {
  let answer: { readonly token?: unknown; readonly access_token?: unknown; readonly expires_in?: unknown };
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    const path = `${realm.origin}${realm.pathname}`;
    throw registryErrors.CATA_REGISTRY_FAILED(
      { registry, method: 'GET', path, answer: '200 without JSON' },
      { cause },
    );
  }
  const value = answer?.token ?? answer?.access_token;
  // It goes into a header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    const reason = `its token service ${realm.origin} answers with no token`;
    throw registryErrors.CATA_REGISTRY_CHALLENGE({ registry, reason });
  }
  const { expires_in: expiresIn } = answer;
  const lifeSeconds = typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : shortestLifeSeconds;
  return { value, expiresAtMs: ctx.clock.now() + lifeSeconds * 1000 };
}

function secretsIn(credential: Credential | undefined): readonly string[] {
  if (!credential) return [];
  return 'identityToken' in credential ? [credential.identityToken] : secretsOf(basicHeader(credential));
}
