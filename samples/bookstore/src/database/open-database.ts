import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { nodeSqlite } from './node-sqlite.ts';
import { schema } from './schema.ts';
import type { Database } from './tables.ts';

/** A new, empty database in memory. It needs no disk, and every start begins from the same state. */
export async function openDatabase(): Promise<Database> {
  // SQLite itself ignores foreign keys unless told otherwise.
  const connection = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  const database: Database = new Kysely({ dialect: new SqliteDialect({ database: nodeSqlite(connection) }) });
  for (const statement of schema) await sql.raw(statement).execute(database);
  return database;
}
