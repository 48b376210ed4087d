import { seedCategories } from './seed-data.ts';
import type { Database } from './tables.ts';

const orderCount = 10;

/**
 * Fills an empty database with 3 categories, 30 books, their inventories and 10 orders. The same rows with the
 * same ids every time: two copies of the service that are compared have to send the same bytes.
 */
export async function seed(database: Database): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const categories = seedCategories.map(({ name }, index) => ({ id: index + 1, name }));
    const books = seedCategories
      .flatMap((category, index) => category.books.map((book) => ({ ...book, categoryId: index + 1 })))
      .map(({ year, ...book }, index) => ({ ...book, id: index + 1, publishDate: `${year}-01-01` }));
    const inventories = books.map(({ id }) => ({ bookId: id, amount: (id * 7) % 25 }));

    await transaction.insertInto('category').values(categories).execute();
    await transaction.insertInto('book').values(books).execute();
    await transaction.insertInto('inventory').values(inventories).execute();

    for (let id = 1; id <= orderCount; id += 1) {
      const ordered = chooseBooks(books, id);
      await transaction.insertInto('bookOrder').values(createOrder(id, ordered)).execute();
      await transaction
        .insertInto('orderedBook')
        .values(ordered.map((book) => ({ orderId: id, bookId: book.id })))
        .execute();
    }
  });
}

/** One to three books, each from another category. Some books are in no order, so that they can be deleted. */
function chooseBooks<T extends { readonly id: number }>(books: readonly T[], orderId: number): readonly T[] {
  const count = 1 + (orderId % 3);
  return books.filter(({ id }) => id % orderCount === orderId % orderCount).slice(0, count);
}

function createOrder(id: number, ordered: readonly { readonly valueCents: number }[]) {
  return {
    id,
    customerName: `Customer ${id}`,
    address: `${id} Example Street`,
    // 555-0100 to 555-0199 are set aside for examples.
    telephone: `+1 202 555 ${String(100 + id).padStart(4, '0')}`,
    city: 'Exampleton',
    totalAmountCents: ordered.reduce((total, { valueCents }) => total + valueCents, 0),
    status: 'NEW_ORDER' as const,
  };
}
