import { sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { fromCents } from '../money.ts';
import type { Order } from './order.ts';

export interface OrderStore {
  list(): Promise<Order[]>;
}

export function orderStore(database: Database): OrderStore {
  return {
    async list() {
      const rows = await database
        .selectFrom('bookOrder')
        .innerJoin('orderedBook', 'orderedBook.orderId', 'bookOrder.id')
        .selectAll('bookOrder')
        .select(sql<string>`json_group_array(${sql.ref('bookId')} order by ${sql.ref('bookId')})`.as('books'))
        .groupBy('bookOrder.id')
        .orderBy('bookOrder.id')
        .execute();
      return rows.map(({ books, totalAmountCents, ...fields }) => ({
        ...fields,
        books: JSON.parse(books) as number[],
        totalAmount: fromCents(totalAmountCents),
      }));
    },
  };
}
