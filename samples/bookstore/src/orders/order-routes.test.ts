import { expect, test } from 'vitest';
import { openApp } from '../test/open-app.ts';

test('lists the orders with the ids of their books', async () => {
  const { app } = await openApp();

  const response = await app.inject('/api/orders');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toHaveLength(10);
  expect(response.json()[1]).toEqual({
    id: 2,
    customerName: 'Customer 2',
    address: '2 Example Street',
    telephone: '+1 202 555 0102',
    city: 'Exampleton',
    books: [2, 12, 22],
    totalAmount: 46.74,
    status: 'NEW_ORDER',
  });
});

test('the total of an order is the sum of its books', async () => {
  const { app } = await openApp();
  const books: { id: number; value: number }[] = (await app.inject('/api/books')).json();
  const orders: { books: number[]; totalAmount: number }[] = (await app.inject('/api/orders')).json();

  for (const order of orders) {
    const values = order.books.map((id) => books.find((book) => book.id === id)?.value ?? Number.NaN);
    expect(order.totalAmount).toBeCloseTo(
      values.reduce((total, value) => total + value, 0),
      5,
    );
  }
});
