import type { Generated, Kysely } from 'kysely';
import type { OrderStatus } from '../orders/order-status.ts';

/** The tables of `schema.ts`, as kysely's types. */
interface Tables {
  readonly category: CategoryTable;
  readonly book: BookTable;
  readonly inventory: InventoryTable;
  readonly bookOrder: OrderTable;
  readonly orderedBook: OrderedBookTable;
  readonly schemaVersion: { readonly version: number };
}

export type Database = Kysely<Tables>;

interface CategoryTable {
  readonly id: Generated<number>;
  readonly name: string;
  /** What a search looks at: `searchable(name)`. */
  readonly searchName: string;
}

interface BookTable {
  readonly id: Generated<number>;
  readonly categoryId: number;
  readonly name: string;
  readonly author: string;
  readonly description: string;
  readonly valueCents: number;
  /** As in 1859-11-24. */
  readonly publishDate: string;
  readonly searchName: string;
  /** Name, author and description together. */
  readonly searchText: string;
}

/** How many copies of a book are in stock. */
interface InventoryTable {
  readonly bookId: number;
  readonly amount: number;
}

interface OrderTable {
  readonly id: Generated<number>;
  readonly customerName: string;
  readonly address: string;
  readonly telephone: string;
  readonly city: string;
  readonly totalAmountCents: number;
  readonly status: OrderStatus;
}

interface OrderedBookTable {
  readonly orderId: number;
  readonly bookId: number;
}
