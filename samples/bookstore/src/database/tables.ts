import type { Generated, Kysely } from 'kysely';

/** The tables of `schema.ts`, as kysely's types. */
interface Tables {
  readonly category: CategoryTable;
  readonly book: BookTable;
  readonly inventory: InventoryTable;
  readonly bookOrder: OrderTable;
  readonly orderedBook: OrderedBookTable;
}

export type Database = Kysely<Tables>;

interface CategoryTable {
  readonly id: Generated<number>;
  readonly name: string;
}

export interface BookTable {
  readonly id: Generated<number>;
  readonly categoryId: number;
  readonly name: string;
  readonly author: string;
  readonly description: string;
  readonly valueCents: number;
  /** As in 1859-11-24. */
  readonly publishDate: string;
}

/** How many copies of a book are in stock. Every book has one. */
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
  readonly status: 'NEW_ORDER';
}

interface OrderedBookTable {
  readonly orderId: number;
  readonly bookId: number;
}
