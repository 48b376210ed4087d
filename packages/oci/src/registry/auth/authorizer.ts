import type { Context } from '../../context/context.ts';
import { sharedLookup } from '../../context/shared-lookup.ts';
import type { Credential } from '../credentials/credentials.ts';
import type { PlainHttpRules } from '../http/plain-http.ts';
import { basicHeader } from './basic-header.ts';
import type { Challenge } from './challenge.ts';
import { covers, formatScope, type Scope } from './scope.ts';
import { realmOf } from './token-realm.ts';
import { fetchToken, type Token, type TokenService } from './token-service.ts';

/** Knows what to put into the Authorization header for one registry. */
export interface Authorizer {
  /** Undefined while nothing has been asked for, or nobody knows an answer. */
  header(scopes: readonly Scope[], ctx: Context): Promise<string | undefined>;
  /** Takes in what a 401 asks for; `refused` was not good enough. */
  learn(challenges: readonly Challenge[], scopes: readonly Scope[], refused: string | undefined): void;
  /** Whether credentials were found the last time that they were looked for. */
  readonly hasCredentials: boolean;
}

export interface AuthorizerOptions extends Omit<TokenService, 'realm' | 'service'>, PlainHttpRules {
  credential(repository: string, ctx: Context): Promise<Credential | undefined>;
}

interface Question {
  readonly service: TokenService;
  readonly key: string;
  readonly scopes: readonly Scope[];
}

/** A token that is about to expire may have expired when it arrives. */
const marginMs = 10_000;

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const tokens = new Map<string, Token>();
  /** How many tokens for these scopes were not good enough. */
  const refusals = new Map<string, number>();
  /** Asked for by the registry beside what we ask for, as `registry:catalog:*`. */
  const moreScopes = new Map<string, readonly string[]>();
  let way: TokenService | 'basic' | undefined;
  let hasCredentials = false;

  async function credentialFor(scopes: readonly Scope[], ctx: Context): Promise<Credential | undefined> {
    const credential = await options.credential(scopes[0]?.repository ?? '', ctx);
    hasCredentials = credential !== undefined;
    return credential;
  }

  /** Requests side by side wait for one and the same token. */
  const tokenFor = sharedLookup<Question, Token>({
    // A token that was refused is not to be found again.
    keyOf: ({ key }) => `${key} ${refusals.get(key) ?? 0}`,
    look: async ({ service, key, scopes }, ctx) => {
      const names = new Set([...scopes.map(formatScope), ...(moreScopes.get(key) ?? [])]);
      const token = await fetchToken(service, [...names], await credentialFor(scopes, ctx), ctx);
      tokens.set(key, token);
      return token;
    },
    isFresh: ({ expiresAtMs }, ctx) => expiresAtMs - marginMs >= ctx.clock.now(),
  });

  return {
    get hasCredentials() {
      return hasCredentials;
    },
    async header(scopes, ctx) {
      if (way === undefined) return undefined;
      if (way !== 'basic') {
        const key = scopes.map(formatScope).join(' ');
        return `Bearer ${(await tokenFor({ service: way, key, scopes }, ctx)).value}`;
      }
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
        if (refused === `Bearer ${tokens.get(key)?.value}`) {
          tokens.delete(key);
          refusals.set(key, (refusals.get(key) ?? 0) + 1);
        }
      } else if (challenges.some(({ scheme }) => scheme === 'basic')) way = 'basic';
    },
  };
}
