import type { Database } from '../database/tables.ts';
import type { Totals } from './business-events.ts';

/** Counted by the database, so that all copies of the service that share it say the same. */
export function databaseTotals(database: Database): Totals {
  const count = async (table: 'book' | 'category') => {
    const query = database.selectFrom(table).select(({ fn }) => fn.countAll().as('rows'));
    // PostgreSQL answers a bigint, which comes as a text.
    return Number((await query.executeTakeFirstOrThrow()).rows);
  };
  return { books: () => count('book'), categories: () => count('category') };
}
