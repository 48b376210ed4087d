import { parseBasic } from './basic-login.ts';
import type { AuthOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import type { RegistryState } from './registry-state.ts';
import { allows, formatScope, type Scope } from './scope.ts';

/** Who asks, and for what. */
export interface Entry {
  readonly method: string;
  /** The header. */
  readonly authorization: string | undefined;
  /** Undefined for what is of no repository, as /v2/. */
  readonly repository: string | undefined;
  /** Where a blob is to be mounted from. */
  readonly from: string | null;
}

/** @throws Refusal 401, with what is missing in WWW-Authenticate */
export function checkEntry(registry: RegistryState, entry: Entry): void {
  const { auth, tokens } = registry;
  if (!auth) return;
  const needed = neededScopes(entry);
  const error = tokens ? tokenError(tokens, needed, entry) : basicError(auth, needed, entry);
  if (error === undefined) return;
  throw new Refusal(401, 'UNAUTHORIZED', 'authentication required', {
    'www-authenticate': challengeOf(registry, auth, needed, error),
  });
}

/** WWW-Authenticate; undefined when everybody is let in. */
export function challengeFor(registry: RegistryState, entry: Entry): string | undefined {
  return registry.auth && challengeOf(registry, registry.auth, neededScopes(entry), '');
}

/** `from` is the only one that is asked for beside the repository itself, as the CNCF's registry does. */
function neededScopes({ method, repository, from }: Entry): readonly Scope[] {
  if (repository === undefined) return [];
  const actions =
    method === 'GET' || method === 'HEAD' ? ['pull'] : method === 'DELETE' ? ['delete'] : ['pull', 'push'];
  return [{ repository, actions }, ...(from === null ? [] : [{ repository: from, actions: ['pull'] }])];
}

/** What is wrong, as OAuth 2 names it (RFC 6750 § 3.1); "" when nothing was sent, undefined when all is right. */
function tokenError(
  tokens: NonNullable<RegistryState['tokens']>,
  needed: readonly Scope[],
  { authorization }: Entry,
): string | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return '';
  const granted = tokens.scopesOf(token);
  if (!granted) return 'invalid_token';
  return needed.every((scope) => allows(granted, scope)) ? undefined : 'insufficient_scope';
}

function basicError(
  auth: AuthOptions,
  needed: readonly Scope[],
  { authorization }: Entry,
): string | undefined {
  if (authorization === undefined) {
    const isPull = needed.length > 0 && needed.every(({ actions }) => actions.join() === 'pull');
    return auth.anonymousPull && isPull ? undefined : '';
  }
  const login = parseBasic(authorization);
  return login?.username === auth.username && login.password === auth.password ? undefined : '';
}

function challengeOf(
  { origin, address }: RegistryState,
  auth: AuthOptions,
  needed: readonly Scope[],
  error: string,
): string {
  if (auth.kind === 'basic') return `Basic realm="${address}"`;
  const scope = needed.map(formatScope).join(' ');
  const parameters = { realm: `${origin}/token`, service: address, scope, error };
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return `Bearer ${given.map(([key, value]) => `${key}="${value}"`).join(',')}`;
}
