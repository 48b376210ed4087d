import type { Certificate } from '../certificate.ts';

export interface TokenUser {
  readonly password: string;
  /** What a `docker login` would have been answered with. */
  readonly identityToken?: string;
  /** Of "pull", "push" and "delete". */
  actionsIn(repository: string): readonly string[];
}

export interface TokenServerOptions {
  /** For TLS and for signing. */
  readonly certificate: Certificate;
  readonly users: ReadonlyMap<string, TokenUser>;
  /** By default 300. */
  readonly lifeSeconds?: number;
}

export interface TokenRequest {
  readonly method: string;
  /** Undefined for somebody who gave no credentials. */
  readonly user: string | undefined;
  /** As "repository:team/app:pull,push". */
  readonly scopes: readonly string[];
}

/** Gives out tokens for a registry. https://distribution.github.io/distribution/spec/auth/token/ */
export interface TokenServer extends AsyncDisposable {
  /** "https://127.0.0.1:41234/token" */
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** Those that were answered with a token. */
  readonly requests: readonly TokenRequest[];
}
