import { sql } from 'kysely';
import type { OpenedDatabase } from './opened-database.ts';
import { versions } from './schema.ts';
import type { Database } from './tables.ts';

/** Any number that no other program takes. */
const lockNumber = 8_246_120_514;

/**
 * Brings the database to the newest version of the schema, and does `then` in the same transaction. Of several
 * instances that start at once, one does it and the others wait: SQLite lets only one transaction write anyway,
 * PostgreSQL is asked for a lock that ends with the transaction.
 */
export async function migrate(
  { kind, database }: OpenedDatabase,
  then: (transaction: Database) => Promise<void> = async () => {},
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    await sql`create table if not exists "schemaVersion" (version bigint primary key)`.execute(transaction);
    const rows = await transaction.selectFrom('schemaVersion').select('version').execute();
    const present = Math.max(0, ...rows.map(({ version }) => version));
    for (const [index, statements] of versions.entries()) {
      const version = index + 1;
      if (version <= present) continue;
      for (const statement of statements(kind)) await sql.raw(statement).execute(transaction);
      await transaction.insertInto('schemaVersion').values({ version }).execute();
    }
    await then(transaction);
  });
}
