import { sql } from 'kysely';

/**
 * Cents as the number that the API shows. The database divides, so that no row has to be copied; a division of
 * whole numbers is rounded to the nearest number there is, which is the one that prints as the decimal.
 */
export function inWholes(column: string) {
  return sql<number>`${sql.ref(column)} / cast(100 as double precision)`;
}
