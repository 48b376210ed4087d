import type { Credential } from '../credentials/credentials.ts';
import { basicHeader } from './basic-header.ts';

/** Where to ask, and for whom. */
interface AskedService {
  readonly realm: URL;
  readonly service: string | undefined;
}

export interface TokenRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function basicRequest(
  { realm, service }: AskedService,
  scopes: readonly string[],
  credential: Credential | undefined,
): TokenRequest {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (credential && 'username' in credential) url.searchParams.set('account', credential.username);
  const authorization = basicHeader(credential);
  return { method: 'GET', url, headers: authorization ? { authorization } : {} };
}

export function refreshRequest(
  { realm, service }: AskedService,
  scopes: readonly string[],
  refreshToken: string,
): TokenRequest {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'catamaran',
    refresh_token: refreshToken,
    scope: scopes.join(' '),
    ...(service === undefined ? {} : { service }),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url: realm, headers, body: body.toString() };
}
