import { sql } from 'kysely';
import type { OpenedDatabase } from '../opened-database.ts';
import { searchable } from '../searchable.ts';
import type { Database } from '../tables.ts';
import { seedBooks, seedCategoryNames } from './seed-books.ts';
import { seedOrders } from './seed-orders.ts';

/** What fits into one statement: SQLite takes 32,766 parameters. */
const rowsAtOnce = 1000;

/**
 * Fills a database that has no categories with 6 of them, `count` books, their inventories and up to 10 orders.
 * The same rows with the same ids every time: two copies of the service that are compared have to send the same
 * bytes. A database that has something already is left as it is.
 */
export async function seed(
  transaction: Database,
  kind: OpenedDatabase['kind'],
  count: number,
): Promise<void> {
  if (count === 0 || (await transaction.selectFrom('category').select('id').limit(1).execute()).length > 0)
    return;
  const books = seedBooks(count);
  const orders = seedOrders(books);
  const inventories = books.map(({ id }) => ({ bookId: id, amount: (id * 7) % 25 }));
  const categories = seedCategoryNames.map((name, index) => ({
    id: index + 1,
    name,
    searchName: searchable(name),
  }));
  const orderedBooks = orders.flatMap(({ id, books }) =>
    books.map((book) => ({ orderId: id, bookId: book.id })),
  );

  await transaction.insertInto('category').values(categories).execute();
  for (const rows of inParts(books)) await transaction.insertInto('book').values(rows).execute();
  for (const rows of inParts(inventories)) await transaction.insertInto('inventory').values(rows).execute();
  await transaction
    .insertInto('bookOrder')
    .values(orders.map(({ books: _, ...order }) => order))
    .execute();
  await transaction.insertInto('orderedBook').values(orderedBooks).execute();
  if (kind === 'postgres') await skipIds(transaction);
}

function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) yield rows.slice(start, start + rowsAtOnce);
}

/** PostgreSQL does not notice that ids were given, and would give them again. */
async function skipIds(transaction: Database): Promise<void> {
  for (const table of ['category', 'book', 'bookOrder'] as const) {
    const newest = sql`(select max(id) from ${sql.table(table)})`;
    await sql`select setval(pg_get_serial_sequence(${`"${table}"`}, 'id'), ${newest})`.execute(transaction);
  }
}
