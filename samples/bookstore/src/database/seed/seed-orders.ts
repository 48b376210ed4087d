import type { SeedRow } from './seed-books.ts';

const maxOrders = 10;
const cities = ['Exampleton', 'Sampleford', 'Testbury'];

/** Orders of one to three books each. Some books are in no order, so that they can be deleted. */
export function seedOrders(books: readonly SeedRow[]) {
  const count = Math.min(maxOrders, books.length);
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const ordered = chooseBooks(books, id);
    return {
      id,
      customerName: `Customer No. ${id}`,
      address: `${id} Example Street, second floor`,
      // 555-0100 to 555-0199 are set aside for examples.
      telephone: `+1 202 555 ${String(100 + id).padStart(4, '0')}`,
      city: cities[index % cities.length] ?? '',
      totalAmountCents: ordered.reduce((total, { valueCents }) => total + valueCents, 0),
      status: 'NEW_ORDER' as const,
      books: ordered,
    };
  });
}

function chooseBooks(books: readonly SeedRow[], orderId: number): readonly SeedRow[] {
  const first30 = books.slice(0, 30);
  return first30.filter(({ id }) => id % maxOrders === orderId % maxOrders).slice(0, 1 + (orderId % 3));
}
