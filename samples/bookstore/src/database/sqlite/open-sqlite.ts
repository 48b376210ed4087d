import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { OpenedDatabase } from '../opened-database.ts';
import { nodeSqlite } from './node-sqlite.ts';

/** How long a statement waits for another process that is writing to the same file. */
const busyTimeoutMs = 5000;

/**
 * A database in memory, or in a file.
 * @param path ":memory:", or where the file is or will be
 * @throws what SQLite says about a file that cannot be opened
 */
export function openSqlite(path: string): OpenedDatabase {
  // SQLite itself ignores foreign keys unless told otherwise.
  const connection = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: busyTimeoutMs });
  // Readers of a write-ahead log do not wait for the writer. FULL writes the log to the disk before a transaction
  // counts as done; in WAL mode, SQLite's other modes may lose the last ones when the power fails.
  if (path !== ':memory:') connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return {
    kind: 'sqlite',
    database: new Kysely({ dialect: new SqliteDialect({ database: nodeSqlite(connection) }) }),
  };
}
