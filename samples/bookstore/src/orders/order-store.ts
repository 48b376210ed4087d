import type { Page } from '../api/page.ts';
import { explainConstraint } from '../database/constraint-error.ts';
import type { Database } from '../database/tables.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Order, OrderInput } from './order.ts';
import { orderQueries } from './order-queries.ts';
import type { OrderStatus } from './order-status.ts';
import { placeOrder } from './place-order.ts';

export interface OrderStore {
  list(page: Page): Promise<Order[]>;
  get(id: number): Promise<Order>;
  place(input: OrderInput): Promise<Order>;
  /** @returns undefined where the order has this status already */
  become(id: number, status: OrderStatus): Promise<Order | undefined>;
}

export type OrderQueries = ReturnType<typeof orderQueries>;

export function orderStore(database: Database): OrderStore {
  const queries = orderQueries(database);
  const get = async (id: number, transaction?: Database) => {
    const [row] = await queries.get({ id }, transaction);
    if (!row) throw new ProblemError(404, `There is no order ${id}.`);
    return toOrder(row);
  };
  return {
    list: async (page) => (await queries.list(page)).map(toOrder),
    get,

    place: (input) =>
      explainConstraint(
        database.transaction().execute((transaction) => placeOrder(queries, input, transaction)),
        // One of them was deleted while the order was made.
        { 'foreign key': () => new ProblemError(409, 'A book of the order is not there any more.') },
      ),

    become: (id, status) =>
      database.transaction().execute(async (transaction) => {
        const [changed] = await changeTo(status, queries)({ id }, transaction);
        const order = await get(id, transaction);
        if (changed && status === 'CANCELED')
          for (const book of order.books) await queries.giveBack({ id: book }, transaction);
        if (changed) return order;
        if (order.status === status) return undefined;
        throw new ProblemError(409, `Order ${id} is ${order.status} and cannot become ${status}.`);
      }),
  };
}

function changeTo(status: OrderStatus, { ship, deliver, cancel }: OrderQueries) {
  switch (status) {
    case 'SHIPPED':
      return ship;
    case 'DELIVERED':
      return deliver;
    case 'CANCELED':
      return cancel;
    case 'NEW_ORDER':
      // Nothing becomes new.
      return async () => [];
  }
}

function toOrder(row: Omit<Order, 'books'> & { bookIds: string }): Order {
  const { id, customerName, address, telephone, city, totalAmount, status } = row;
  const books = row.bookIds.split(',').map(Number);
  return { id, customerName, address, telephone, city, books, totalAmount, status };
}
