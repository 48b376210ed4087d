import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Access, signToken } from './sign-token.ts';
import type { TokenRequest, TokenServer, TokenServerOptions, TokenUser } from './token-server.ts';

const service = 'harbour';
const issuer = 'harbour-master';

/** Starts one on 127.0.0.1, at a port of its own. */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const { key, cert } = options.certificate;
  const requests: TokenRequest[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    answer(request, response, options, requests).catch((error: unknown) => {
      send(response, 500, { details: String(error) });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    realm: `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    service,
    issuer,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Caller {
  /** Undefined for nobody; "refused" for somebody else than he says. */
  readonly user: readonly [name: string, user: TokenUser] | undefined | 'refused';
  readonly parameters: URLSearchParams;
  readonly scopes: readonly string[];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { users, certificate, lifeSeconds = 300 }: TokenServerOptions,
  requests: TokenRequest[],
): Promise<void> {
  const { user, parameters, scopes } = await callerOf(request, users);
  if (user === 'refused') return send(response, 401, { details: 'incorrect username or password' });
  if (parameters.get('service') !== service) return send(response, 400, { details: 'no such service' });
  const nowMs = Date.now();
  const access = scopes.flatMap((scope) => granted(scope, user?.[1]));
  const claims = { issuer, audience: service, subject: user?.[0] ?? '', access, nowMs, lifeSeconds };
  const token = signToken(claims, certificate);
  requests.push({ method: request.method ?? '', user: user?.[0], scopes });
  const issued = { expires_in: lifeSeconds, issued_at: new Date(nowMs).toISOString() };
  send(response, 200, request.method === 'POST' ? { access_token: token, ...issued } : { token, ...issued });
}

/** GET with Basic, or POST with a refresh token: https://distribution.github.io/distribution/spec/auth/oauth/ */
async function callerOf(request: IncomingMessage, users: TokenServerOptions['users']): Promise<Caller> {
  if (request.method === 'POST') {
    const parameters = new URLSearchParams(await text(request));
    const refreshToken = parameters.get('refresh_token');
    const user = [...users].find(([, { identityToken }]) => identityToken && identityToken === refreshToken);
    return { user: user ?? 'refused', parameters, scopes: parameters.get('scope')?.split(' ') ?? [] };
  }
  const { searchParams: parameters } = new URL(request.url ?? '', 'https://harbour');
  const scopes = parameters.getAll('scope').flatMap((scope) => scope.split(' '));
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return { user: undefined, parameters, scopes };
  const [, name = '', password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const user = users.get(name);
  return { user: user?.password === password && user ? [name, user] : 'refused', parameters, scopes };
}

/** No more than was asked for, and no more than the user may; nothing is not mentioned. */
function granted(scope: string, user: TokenUser | undefined): readonly Access[] {
  const [, name = '', asked = ''] = /^repository:(.+):([^:]+)$/.exec(scope) ?? [];
  const actions = asked.split(',').filter((action) => user?.actionsIn(name).includes(action));
  return actions.length > 0 ? [{ type: 'repository', name, actions }] : [];
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
