import { expect, test } from 'vitest';
import { ConstraintError } from './constraint-error.ts';
import { openDatabase } from './open-database.ts';
import { seed } from './seed.ts';
import type { Database } from './tables.ts';

const book = {
  categoryId: 1,
  name: 'A book',
  author: 'Somebody',
  description: '',
  valueCents: 100,
  publishDate: '2024-02-29',
};

async function seeded(): Promise<Database> {
  const database = await openDatabase();
  await seed(database);
  return database;
}

async function dump(database: Database) {
  return {
    categories: await database.selectFrom('category').selectAll().execute(),
    books: await database.selectFrom('book').selectAll().execute(),
    inventories: await database.selectFrom('inventory').selectAll().execute(),
    orders: await database.selectFrom('bookOrder').selectAll().execute(),
    orderedBooks: await database.selectFrom('orderedBook').selectAll().execute(),
  };
}

test('is empty until it is seeded', async () => {
  const rows = await dump(await openDatabase());

  expect(Object.values(rows).flat()).toEqual([]);
});

test('the seed is 3 categories, 30 books with their inventories, and 10 orders', async () => {
  const rows = await dump(await seeded());

  expect(rows.categories).toHaveLength(3);
  expect(rows.books).toHaveLength(30);
  expect(rows.inventories.map(({ bookId }) => bookId)).toEqual(rows.books.map(({ id }) => id));
  expect(rows.orders).toHaveLength(10);
});

test('the seed is the same every time', async () => {
  expect(await dump(await seeded())).toEqual(await dump(await seeded()));
});

test.each([
  { change: { categoryId: 99 }, kind: 'foreign key', subject: '' },
  { change: { name: 'x' }, kind: 'check', subject: 'name' },
  { change: { author: 'x'.repeat(151) }, kind: 'check', subject: 'author' },
  { change: { valueCents: -1 }, kind: 'check', subject: 'value' },
  { change: { publishDate: '2023-02-29' }, kind: 'check', subject: 'publishDate' },
  { change: { id: 1 }, kind: 'unique', subject: 'book.id' },
])('refuses a book with $change', async ({ change, kind, subject }) => {
  const database = await seeded();

  const insert = database
    .insertInto('book')
    .values({ ...book, ...change })
    .execute();

  await expect(insert).rejects.toThrow(ConstraintError);
  await expect(insert).rejects.toMatchObject({ kind, subject });
});

test('refuses a negative inventory', async () => {
  const database = await seeded();

  const update = database.updateTable('inventory').set({ amount: -1 }).where('bookId', '=', 1).execute();

  await expect(update).rejects.toMatchObject({ kind: 'check', subject: 'amount' });
});

test('what fails within a transaction leaves nothing behind', async () => {
  const database = await seeded();
  const before = await dump(database);

  const transaction = database.transaction().execute(async (within) => {
    await within.insertInto('category').values({ name: 'Poetry' }).execute();
    await within
      .insertInto('book')
      .values({ ...book, categoryId: 99 })
      .execute();
  });

  await expect(transaction).rejects.toThrow(ConstraintError);
  expect(await dump(database)).toEqual(before);
});
