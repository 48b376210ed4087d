import { Kysely, PostgresDialect } from 'kysely';
import { Client, Pool, type QueryConfig } from 'pg';
import type { OpenedDatabase } from '../opened-database.ts';
import { columnTypes } from './column-types.ts';
import { translatePostgresError } from './postgres-error.ts';

/** More different statements than the service has; a bound, so that nothing can grow without one. */
const maxNamed = 200;

export interface PostgresOptions {
  readonly url: string;
  readonly maxConnections: number;
}

/** Connects when the first query needs it, so that a database that is not up yet is no failure here. */
export function openPostgres({ url, maxConnections }: PostgresOptions): OpenedDatabase {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    // Beyond this, a request is told that the database is not there, instead of waiting on.
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    keepAlive: true,
    application_name: 'bookstore',
    types: columnTypes,
    Client: PreparingClient,
  });
  // A connection that is lost while nobody uses it is taken out of the pool; who needs one next gets a new one.
  pool.on('error', () => {});
  return { kind: 'postgres', database: new Kysely({ dialect: new PostgresDialect({ pool }) }) };
}

const names = new Map<string, string>();

/** A statement with a name is parsed by PostgreSQL once per connection, and kept: https://node-postgres.com/features/queries */
function nameOf(text: string): string | undefined {
  if (!/^(select|insert|update|delete)\b/.test(text)) return undefined;
  let name = names.get(text);
  if (name === undefined && names.size < maxNamed) {
    name = `bookstore-${names.size}`;
    names.set(text, name);
  }
  return name;
}

class PreparingClient extends Client {
  // The pool and kysely only ever use this one of the many ways in which it can be called.
  override query(text: unknown, values?: unknown): never {
    if (typeof text !== 'string') return super.query(text as QueryConfig) as never;
    const name = nameOf(text);
    const query: QueryConfig = { text, values: values as unknown[], ...(name ? { name } : {}) };
    return super.query(query).catch(translatePostgresError) as never;
  }
}
