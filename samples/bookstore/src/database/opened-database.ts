import type { Database } from './tables.ts';

/** A connection, or several: nothing is known of what the database holds, nor whether it can be reached. */
export interface OpenedDatabase {
  readonly kind: 'sqlite' | 'postgres';
  readonly database: Database;
}
