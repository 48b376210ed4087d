import { ConfigError } from './config-error.ts';

export type DatabaseConfig =
  | { readonly kind: 'sqlite' /** ":memory:", or a file's. */; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly maxConnections: number };

/**
 * DATABASE_URL: nothing or "sqlite::memory:", "sqlite:" and the path of a file, or "postgres://…".
 * @throws ConfigError, which does not quote the rest of an address: a password may be part of it
 */
export function readDatabaseUrl(text: string, maxConnections: number): DatabaseConfig {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (/^postgres(ql)?:\/\//.test(text)) {
    if (!URL.canParse(text))
      throw new ConfigError('DATABASE_URL begins as one of PostgreSQL does, but is not a valid URL.');
    return { kind: 'postgres', url: text, maxConnections };
  }
  const scheme = /^[a-z]+:/i.exec(text)?.[0] ?? 'something else';
  throw new ConfigError(
    `DATABASE_URL must be sqlite::memory:, sqlite:/path/to/file or postgres://…, but begins with "${scheme}".`,
  );
}
