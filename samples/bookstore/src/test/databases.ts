import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres } from './postgres-program.ts';
import { createPostgresDatabase } from './shared-postgres.ts';

/** An empty database, and its address as DATABASE_URL has it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

interface DatabaseKind {
  readonly name: string;
  create(): Promise<TestDatabase>;
}

export const memory: DatabaseKind = {
  name: 'SQLite in memory',
  create: async () => ({ url: 'sqlite::memory:', [Symbol.asyncDispose]: async () => {} }),
};

const file: DatabaseKind = {
  name: 'a file of SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'bookstore-'));
    return {
      url: `sqlite:${join(folder, 'bookstore.db')}`,
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

const postgres: DatabaseKind = {
  name: 'PostgreSQL',
  // It goes with the whole PostgreSQL.
  create: async () => ({ url: await createPostgresDatabase(), [Symbol.asyncDispose]: async () => {} }),
};

/** PostgreSQL is left out where it is not installed. */
export const lastingDatabases: readonly DatabaseKind[] = hasPostgres() ? [file, postgres] : [file];
export const databases: readonly DatabaseKind[] = [memory, ...lastingDatabases];
