import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { migrate } from './migrate.ts';
import type { OpenedDatabase } from './opened-database.ts';
import { DatabaseReadiness, type Readiness } from './readiness.ts';
import { retryUntilDone } from './retry-until-done.ts';
import { seed } from './seed/seed.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import type { Database } from './tables.ts';

export interface Connection {
  readonly database: Database;
  readonly readiness: Readiness;
  /**
   * Makes the tables, and the rows to begin with. SQLite has them at once. PostgreSQL may still be coming up: it
   * is tried again in the background, and `readiness` tells when it is done.
   */
  prepare(log: FastifyBaseLogger): Promise<void>;
  close(): Promise<void>;
}

/** @throws ConfigError where there is a file that cannot be a database */
export async function connect({ database: config, seed: seedBooks }: Config): Promise<Connection> {
  const opened = config.kind === 'sqlite' ? openFile(config.path) : await openServer(config);
  const readiness = new DatabaseReadiness(opened);
  const closed = new AbortController();
  const prepareOnce = async () => {
    await migrate(opened, (transaction) => seed(transaction, opened.kind, seedBooks));
    readiness.isPrepared = true;
  };
  return {
    database: opened.database,
    readiness,
    async prepare(log) {
      if (opened.kind === 'sqlite') return prepareOnce();
      void retryUntilDone(prepareOnce, closed.signal, (error, waitMs) =>
        log.warn({ err: error }, `the database cannot be prepared; trying again in ${waitMs} ms`),
      );
    },
    async close() {
      closed.abort();
      await opened.database.destroy();
    },
  };
}

function openFile(path: string): OpenedDatabase {
  try {
    return openSqlite(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`DATABASE_URL: the file "${path}" cannot be opened: ${reason}.`);
  }
}

/** The driver is only read when it is needed. */
async function openServer(config: { url: string; maxConnections: number }): Promise<OpenedDatabase> {
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(config);
}
