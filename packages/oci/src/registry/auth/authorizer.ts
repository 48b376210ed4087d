import type { Context } from '../../context/context.ts';
import type { Credential } from '../credentials/credentials.ts';
import { basicHeader } from './basic-header.ts';
import type { Challenge } from './challenge.ts';
import { covers, formatScope, type Scope } from './scope.ts';
import { fetchToken, realmOf, type Token, type TokenService } from './token-service.ts';

/** Knows what to put into the Authorization header for one registry. */
export interface Authorizer {
  /** Undefined while nothing has been asked for, or nobody knows an answer. */
  header(scopes: readonly Scope[], ctx: Context): Promise<string | undefined>;
  /** Takes in what a 401 asks for; `refused` was not good enough. */
  learn(challenges: readonly Challenge[], scopes: readonly Scope[], refused: string | undefined): void;
  /** Whether credentials were found the last time that they were looked for. */
  readonly hasCredentials: boolean;
}

export interface AuthorizerOptions extends Omit<TokenService, 'realm' | 'service'> {
  credential(repository: string, ctx: Context): Promise<Credential | undefined>;
}

/** A token that is about to expire may have expired when it arrives. */
const marginMs = 10_000;

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const tokens = new Map<string, Token>();
  const underWay = new Map<string, Promise<Token>>();
  /** Asked for by the registry beside what we ask for, as `registry:catalog:*`. */
  const moreScopes = new Map<string, readonly string[]>();
  let way: TokenService | 'basic' | undefined;
  let hasCredentials = false;

  async function credentialFor(scopes: readonly Scope[], ctx: Context): Promise<Credential | undefined> {
    const credential = await options.credential(scopes[0]?.repository ?? '', ctx);
    hasCredentials = credential !== undefined;
    return credential;
  }

  async function fresh(service: TokenService, key: string, scopes: readonly Scope[], ctx: Context) {
    const names = new Set([...scopes.map(formatScope), ...(moreScopes.get(key) ?? [])]);
    const token = await fetchToken(service, [...names], await credentialFor(scopes, ctx), ctx);
    tokens.set(key, token);
    return token;
  }

  async function bearerHeader(service: TokenService, scopes: readonly Scope[], ctx: Context) {
    const key = scopes.map(formatScope).join(' ');
    let token = tokens.get(key);
    if (!token || token.expiresAtMs - marginMs < ctx.clock.now()) {
      // Requests side by side wait for one and the same token.
      const fetching =
        underWay.get(key) ?? fresh(service, key, scopes, ctx).finally(() => underWay.delete(key));
      underWay.set(key, fetching);
      token = await fetching;
    }
    return `Bearer ${token.value}`;
  }

  return {
    get hasCredentials() {
      return hasCredentials;
    },
    async header(scopes, ctx) {
      if (way === undefined) return undefined;
      if (way !== 'basic') return bearerHeader(way, scopes, ctx);
      return basicHeader(await credentialFor(scopes, ctx));
    },
    learn(challenges, scopes, refused) {
      const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
      if (bearer) {
        way = { ...options, realm: realmOf(bearer, options), service: bearer.parameters.get('service') };
        const key = scopes.map(formatScope).join(' ');
        const asked = bearer.parameters.get('scope')?.split(' ') ?? [];
        const more = asked.filter((text) => text !== '' && !covers(scopes, text));
        if (more.length > 0) moreScopes.set(key, more);
        if (refused === `Bearer ${tokens.get(key)?.value}`) tokens.delete(key);
      } else if (challenges.some(({ scheme }) => scheme === 'basic')) way = 'basic';
    },
  };
}
