import type { IncomingHttpHeaders } from 'node:http';
import type { ByteStream } from '../layer/byte-stream.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { type Login, parseBasic } from './basic-login.ts';
import { Refusal } from './refusal.ts';
import { parseScope, type Scope } from './scope.ts';

/** A request to the token service. */
export interface TokenCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: ByteStream;
}

/** What it asks for. */
export interface TokenRequest {
  readonly scopes: readonly Scope[];
  readonly login: Login | undefined;
  readonly refreshToken: string | undefined;
  readonly wantsRefreshToken: boolean;
}

/** GET with Basic, or POST as OAuth 2 has it. @throws Refusal */
export async function readTokenRequest({ method, url, headers, body }: TokenCall): Promise<TokenRequest> {
  if (method === 'GET') {
    return {
      scopes: scopesIn(url.searchParams.getAll('scope')),
      login: parseBasic(headers.authorization),
      refreshToken: undefined,
      wantsRefreshToken: url.searchParams.get('offline_token') === 'true',
    };
  }
  if (method !== 'POST') throw new Refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  const form = new URLSearchParams(Buffer.from(await collectBytes(body)).toString());
  const grant = form.get('grant_type');
  if (grant !== 'password' && grant !== 'refresh_token') {
    throw new Refusal(400, 'UNSUPPORTED', 'grant_type is password or refresh_token');
  }
  const isRefresh = grant === 'refresh_token';
  return {
    scopes: scopesIn(form.getAll('scope')),
    login: isRefresh
      ? undefined
      : { username: form.get('username') ?? '', password: form.get('password') ?? '' },
    refreshToken: isRefresh ? (form.get('refresh_token') ?? '') : undefined,
    wantsRefreshToken: form.get('access_type') === 'offline',
  };
}

/** Several come as several parameters, or in one with spaces between. */
function scopesIn(texts: readonly string[]): readonly Scope[] {
  return texts.flatMap((text) => text.split(' ')).flatMap((text) => parseScope(text) ?? []);
}
