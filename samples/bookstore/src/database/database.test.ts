import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { openService } from '../test/open-service.ts';
import { ConstraintError } from './constraint-error.ts';
import { migrate } from './migrate.ts';
import { seed } from './seed/seed.ts';
import type { Database } from './tables.ts';

const book = {
  categoryId: 1,
  name: 'A book',
  author: 'Somebody',
  description: '',
  valueCents: 100,
  publishDate: '2024-02-29',
  searchName: 'a book',
  searchText: 'a book',
};

const order = {
  customerName: 'Ada',
  address: 'Square 12',
  telephone: '555',
  city: 'London',
  totalAmountCents: 100,
  status: 'NEW_ORDER' as const,
};

async function dump(database: Database) {
  return {
    categories: await database.selectFrom('category').selectAll().orderBy('id').execute(),
    books: await database.selectFrom('book').selectAll().orderBy('id').execute(),
    inventories: await database.selectFrom('inventory').selectAll().orderBy('bookId').execute(),
    orders: await database.selectFrom('bookOrder').selectAll().orderBy('id').execute(),
    orderedBooks: await database
      .selectFrom('orderedBook')
      .selectAll()
      .orderBy(['orderId', 'bookId'])
      .execute(),
  };
}

type Dump = Awaited<ReturnType<typeof dump>>;
const seeded: Dump[] = [];

describe.each(databases)('$name', (kind) => {
  const service = openService(kind);

  test('begins with 6 categories, 30 books with their inventories, and 10 orders: the same everywhere', async () => {
    const rows = await dump(service.database);
    expect(Object.values(rows).map(({ length }) => length)).toEqual([6, 30, 30, 10, 20]);
    expect(rows.inventories.map(({ bookId }) => bookId)).toEqual(rows.books.map(({ id }) => id));
    seeded.push(rows);
    expect(rows).toEqual(seeded[0]);
  });

  test('is neither made nor filled a second time', async () => {
    const before = await dump(service.database);
    const opened = {
      kind: kind.name === 'PostgreSQL' ? 'postgres' : 'sqlite',
      database: service.database,
    } as const;
    await migrate(opened, (transaction) => seed(transaction, opened.kind, 100));
    expect(await dump(service.database)).toEqual(before);
  });

  test.each([
    { change: { categoryId: 99 }, kind: 'foreign key' },
    { change: { name: 'x' }, kind: 'check', subject: 'name' },
    { change: { author: 'x'.repeat(151) }, kind: 'check', subject: 'author' },
    { change: { valueCents: -1 }, kind: 'check', subject: 'value' },
    { change: { id: 1 }, kind: 'unique' },
  ])('refuses a book with $change', async ({ change, ...expected }) => {
    const insert = service.database
      .insertInto('book')
      .values({ ...book, ...change })
      .execute();
    await expect(insert).rejects.toThrow(ConstraintError);
    await expect(insert).rejects.toMatchObject(expected);
  });

  test('refuses a day that there is not', async () => {
    const insert = service.database.insertInto('book').values({ ...book, publishDate: '2023-02-29' });
    await expect(insert.execute()).rejects.toThrow();
  });

  test.each([
    { change: { customerName: 'x' }, subject: 'customerName' },
    { change: { address: 'x'.repeat(151) }, subject: 'address' },
    { change: { totalAmountCents: -1 }, subject: 'totalAmount' },
    { change: { status: 'LOST' as 'SHIPPED' }, subject: 'status' },
  ])('refuses an order with $change', async ({ change, subject }) => {
    const insert = service.database.insertInto('bookOrder').values({ ...order, ...change });
    await expect(insert.execute()).rejects.toMatchObject({ kind: 'check', subject });
  });

  test('refuses a negative inventory', async () => {
    const update = service.database.updateTable('inventory').set({ amount: -1 }).where('bookId', '=', 1);
    await expect(update.execute()).rejects.toMatchObject({ kind: 'check', subject: 'amount' });
  });

  test('keeps nothing of a transaction that fails', async () => {
    const before = await dump(service.database);
    const transaction = service.database.transaction().execute(async (within) => {
      await within.insertInto('category').values({ name: 'Poetry', searchName: 'poetry' }).execute();
      await within
        .insertInto('book')
        .values({ ...book, categoryId: 99 })
        .execute();
    });
    await expect(transaction).rejects.toThrow(ConstraintError);
    expect(await dump(service.database)).toEqual(before);
  });
});
