import type { Insertable, Selectable } from 'kysely';
import { explainConstraint } from '../database/constraint-error.ts';
import type { BookTable, Database } from '../database/tables.ts';
import { fromCents, toCents } from '../money.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Book, BookInput } from './book.ts';

export interface BookStore {
  list(): Promise<Book[]>;
  get(id: number): Promise<Book>;
  add(input: BookInput): Promise<Book>;
  update(id: number, input: BookInput): Promise<Book>;
  remove(id: number): Promise<void>;
}

export function bookStore(database: Database): BookStore {
  return {
    async list() {
      const rows = await database.selectFrom('book').selectAll().orderBy('id').execute();
      return rows.map(toBook);
    },

    async get(id) {
      const query = database.selectFrom('book').selectAll().where('id', '=', id);
      return toBook(await query.executeTakeFirstOrThrow(() => missing(id)));
    },

    async add(input) {
      const insert = database.transaction().execute(async (transaction) => {
        const row = await transaction
          .insertInto('book')
          .values(toRow(input))
          .returningAll()
          .executeTakeFirstOrThrow();
        await transaction.insertInto('inventory').values({ bookId: row.id, amount: 0 }).execute();
        return row;
      });
      return toBook(await explainConstraint(insert, { 'foreign key': () => noSuchCategory(input) }));
    },

    async update(id, input) {
      const update = database
        .updateTable('book')
        .set(toRow(input))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow(() => missing(id));
      return toBook(await explainConstraint(update, { 'foreign key': () => noSuchCategory(input) }));
    },

    async remove(id) {
      const removal = database
        .deleteFrom('book')
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirstOrThrow(() => missing(id));
      await explainConstraint(removal, {
        'foreign key': () => new ProblemError(409, `Book ${id} is part of an order.`),
      });
    },
  };
}

function toRow({ value, ...fields }: BookInput): Insertable<BookTable> {
  return { ...fields, valueCents: toCents(value) };
}

function toBook({ valueCents, ...fields }: Selectable<BookTable>): Book {
  return { ...fields, value: fromCents(valueCents) };
}

function missing(id: number): ProblemError {
  return new ProblemError(404, `There is no book ${id}.`);
}

function noSuchCategory({ categoryId }: BookInput): ProblemError {
  const detail = 'is not the id of a category';
  return new ProblemError(422, `The request is not valid: categoryId ${categoryId} ${detail}.`, [
    { in: 'body', field: 'categoryId', detail },
  ]);
}
