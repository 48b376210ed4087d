import type { Clock } from '../context/clock.ts';
import { digestOf } from '../model/digest.ts';
import type { Answer } from './call.ts';
import type { AuthOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { readTokenRequest, type TokenCall, type TokenRequest } from './token-request.ts';

const defaultLifetimeSeconds = 300;
const allActions = ['pull', 'push', 'delete'];

interface Grant {
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly expiresAt: number;
}

/** Gives out tokens that are bound to scopes and expire. https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ */
export class TokenService {
  readonly #auth: AuthOptions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #grants = new Map<string, Grant>();
  readonly #refreshTokens = new Set<string>();
  #count = 0;

  constructor(auth: AuthOptions, clock: Pick<Clock, 'now'>) {
    this.#auth = auth;
    this.#clock = clock;
  }

  /** What a token allows; undefined when it was never given out or has expired. */
  scopesOf(token: string): readonly Scope[] | undefined {
    const grant = this.#grants.get(token);
    return grant && this.#clock.now() < grant.expiresAt ? grant.scopes : undefined;
  }

  /** @throws Refusal when the credentials are wrong, or nobody may come without */
  async answer(call: TokenCall): Promise<Answer> {
    const asked = await readTokenRequest(call);
    const isUser = this.#isUser(asked);
    const lifetimeSeconds = this.#auth.tokenLifetimeSeconds ?? defaultLifetimeSeconds;
    const nowMs = this.#clock.now();
    const token = this.#mint('access');
    const scopes = asked.scopes.map(({ repository, actions }) => ({
      repository,
      actions: allActions.filter((action) => isAsked(actions, action) && (isUser || action === 'pull')),
    }));
    this.#grants.set(token, { scopes, expiresAt: nowMs + lifetimeSeconds * 1000 });
    const body = {
      token,
      access_token: token,
      expires_in: lifetimeSeconds,
      issued_at: new Date(nowMs).toISOString(),
      ...(isUser && asked.wantsRefreshToken ? { refresh_token: this.#refreshToken() } : {}),
    };
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: Buffer.from(JSON.stringify(body)) };
  }

  /** @returns false for nobody */
  #isUser({ login, refreshToken }: TokenRequest): boolean {
    const { username, password, anonymousPull } = this.#auth;
    if (!login && refreshToken === undefined && anonymousPull) return false;
    const isRight =
      refreshToken === undefined
        ? login?.username === username && login.password === password
        : this.#refreshTokens.has(refreshToken);
    if (isRight) return true;
    throw new Refusal(401, 'UNAUTHORIZED', 'incorrect username or password');
  }

  #refreshToken(): string {
    const token = this.#mint('refresh');
    this.#refreshTokens.add(token);
    return token;
  }

  /** Not to be guessed without the password, and the same in every run. */
  #mint(kind: string): string {
    this.#count += 1;
    const seed = `${kind} ${this.#count} ${this.#auth.username} ${this.#auth.password}`;
    return digestOf(seed).replace('sha256:', `${kind}-`);
  }
}

function isAsked(actions: readonly string[], action: string): boolean {
  return actions.includes(action) || actions.includes('*');
}
