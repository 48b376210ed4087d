import type { Database } from '../database/tables.ts';
import { ProblemError, refuseField } from '../problem/problem-error.ts';
import type { Order, OrderInput } from './order.ts';
import type { OrderQueries } from './order-store.ts';

/**
 * Takes one copy of each book out of the inventory and stores the order, all within the transaction. Books are
 * taken in the order of their ids, whatever the customer's: two orders that take the same books in different
 * orders would each wait for a book that the other has.
 */
export async function placeOrder(
  queries: OrderQueries,
  input: OrderInput,
  transaction: Database,
): Promise<Order> {
  const books = input.books.toSorted((a, b) => a - b);
  let totalAmountCents = 0;
  for (const id of books) totalAmountCents += await takeBook(queries, input, id, transaction);
  const [order] = await queries.add({ ...input, totalAmountCents }, transaction);
  if (!order) throw new Error('The order was not stored.');
  for (const bookId of books) await queries.addBook({ orderId: order.id, bookId }, transaction);
  return { ...order, books };
}

/** @returns what it costs, in cents */
async function takeBook(
  queries: OrderQueries,
  { books }: OrderInput,
  id: number,
  transaction: Database,
): Promise<number> {
  const field = `books.${books.indexOf(id)}`;
  const [book] = await queries.value({ id }, transaction);
  if (!book) throw refuseField(422, field, id, 'is not the id of a book');
  const [taken] = await queries.take({ id }, transaction);
  if (!taken) {
    const detail = 'has no copy left';
    throw new ProblemError(409, `Book ${id} ${detail}.`, [{ in: 'body', field, detail }]);
  }
  return book.valueCents;
}
