import { sql } from 'kysely';
import type { Page } from '../api/page.ts';
import { keepQuery } from '../database/keep-query.ts';
import { inWholes } from '../database/money-column.ts';
import type { Database } from '../database/tables.ts';
import type { OrderInput } from './order.ts';
import { before, type OrderStatus } from './order-status.ts';

interface ById {
  readonly id: number;
}

interface OrderedBook {
  readonly orderId: number;
  readonly bookId: number;
}

const columns = [
  'bookOrder.id',
  'bookOrder.customerName',
  'bookOrder.address',
  'bookOrder.telephone',
  'bookOrder.city',
  inWholes('bookOrder.totalAmountCents').as('totalAmount'),
  'bookOrder.status',
] as const;

/** "1,12,22": the one way to put a list into a column that both databases know. */
const bookIds = sql<string>`(
  select string_agg(cast("bookId" as text), ',' order by "bookId")
  from "orderedBook" where "orderId" = "bookOrder".id
)`.as('bookIds');

/** Everything that the database is asked about orders, as SQL that is made once. */
export function orderQueries(database: Database) {
  const all = () => database.selectFrom('bookOrder').select(columns).select(bookIds);
  const become = (status: OrderStatus) =>
    keepQuery(database, ({ id }: ById) =>
      database
        .updateTable('bookOrder')
        .set({ status })
        .where('id', '=', id)
        .where('status', 'in', before[status])
        .returning('id'),
    );
  return {
    list: keepQuery(database, ({ after, atMost }: Page) =>
      all().where('id', '>', after).orderBy('id').limit(atMost),
    ),
    get: keepQuery(database, ({ id }: ById) => all().where('id', '=', id)),

    value: keepQuery(database, ({ id }: ById) =>
      database.selectFrom('book').select('valueCents').where('id', '=', id),
    ),
    take: keepQuery(database, ({ id }: ById) =>
      database
        .updateTable('inventory')
        .set(({ eb }) => ({ amount: eb('amount', '-', 1) }))
        .where('bookId', '=', id)
        .where('amount', '>', 0)
        .returning('bookId'),
    ),
    // The inventory may have been deleted meanwhile.
    giveBack: keepQuery(database, ({ id }: ById) =>
      database
        .insertInto('inventory')
        .values({ bookId: id, amount: 1 })
        .onConflict((conflict) =>
          conflict.column('bookId').doUpdateSet(({ eb }) => ({ amount: eb('inventory.amount', '+', 1) })),
        )
        .returning('bookId'),
    ),
    add: keepQuery(database, (order: Omit<OrderInput, 'books'> & { totalAmountCents: number }) =>
      database
        .insertInto('bookOrder')
        .values({
          customerName: order.customerName,
          address: order.address,
          telephone: order.telephone,
          city: order.city,
          totalAmountCents: order.totalAmountCents,
          status: 'NEW_ORDER',
        })
        .returning(columns),
    ),
    addBook: keepQuery(database, ({ orderId, bookId }: OrderedBook) =>
      database.insertInto('orderedBook').values({ orderId, bookId }).returning('bookId'),
    ),
    // Of two requests that change the same order at once, only one finds it as it was.
    ship: become('SHIPPED'),
    deliver: become('DELIVERED'),
    cancel: become('CANCELED'),
  };
}
