import type { Page } from '../api/page.ts';
import { explainConstraint } from '../database/constraint-error.ts';
import { keepQuery } from '../database/keep-query.ts';
import { containing, like } from '../database/searchable.ts';
import type { Database } from '../database/tables.ts';
import { ProblemError, refuseField } from '../problem/problem-error.ts';
import type { Inventory } from './inventory.ts';

export interface InventoryStore {
  get(bookId: number): Promise<Inventory>;
  byBookName(term: string, page: Page): Promise<Inventory[]>;
  add(inventory: Inventory): Promise<Inventory>;
  update(inventory: Inventory): Promise<Inventory>;
  remove(bookId: number): Promise<void>;
}

export function inventoryStore(database: Database): InventoryStore {
  const queries = inventoryQueries(database);
  return {
    async get(bookId) {
      const [inventory] = await queries.get({ bookId });
      return inventory ?? missing(bookId);
    },

    byBookName: (term, page) => queries.byBookName({ pattern: containing(term), ...page }),

    async add(input) {
      const { bookId } = input;
      const [inventory] = await explainConstraint(queries.add(input), {
        unique: () => refuseField(409, 'bookId', bookId, 'has an inventory already'),
        'foreign key': () => refuseField(422, 'bookId', bookId, 'is not the id of a book'),
      });
      return inventory as Inventory;
    },

    async update(input) {
      const [inventory] = await queries.update(input);
      return inventory ?? missing(input.bookId);
    },

    async remove(bookId) {
      const [removed] = await queries.remove({ bookId });
      if (!removed) missing(bookId);
    },
  };
}

function inventoryQueries(database: Database) {
  const columns = ['inventory.bookId', 'inventory.amount'] as const;
  return {
    get: keepQuery(database, ({ bookId }: { bookId: number }) =>
      database.selectFrom('inventory').select(columns).where('bookId', '=', bookId),
    ),
    byBookName: keepQuery(database, ({ pattern, after, atMost }: Page & { pattern: string }) =>
      database
        .selectFrom('inventory')
        .innerJoin('book', 'book.id', 'inventory.bookId')
        .select(columns)
        .where('bookId', '>', after)
        .where(like('book.searchName', pattern))
        .orderBy('bookId')
        .limit(atMost),
    ),
    add: keepQuery(database, ({ bookId, amount }: Inventory) =>
      database.insertInto('inventory').values({ bookId, amount }).returning(columns),
    ),
    update: keepQuery(database, ({ bookId, amount }: Inventory) =>
      database.updateTable('inventory').set({ amount }).where('bookId', '=', bookId).returning(columns),
    ),
    remove: keepQuery(database, ({ bookId }: { bookId: number }) =>
      database.deleteFrom('inventory').where('bookId', '=', bookId).returning('bookId'),
    ),
  };
}

function missing(bookId: number): never {
  throw new ProblemError(404, `There is no inventory of a book ${bookId}.`);
}
