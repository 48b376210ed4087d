import type { Page } from '../api/page.ts';
import { explainConstraint } from '../database/constraint-error.ts';
import { containing, searchable } from '../database/searchable.ts';
import type { Database } from '../database/tables.ts';
import { toCents } from '../money.ts';
import { ProblemError, refuseField } from '../problem/problem-error.ts';
import type { Book, BookInput } from './book.ts';
import { bookQueries } from './book-queries.ts';

export interface BookStore {
  list(page: Page): Promise<Book[]>;
  get(id: number): Promise<Book>;
  ofCategory(categoryId: number, page: Page): Promise<Book[]>;
  /** Books with the term in their name. */
  byName(term: string, page: Page): Promise<Book[]>;
  /** Books with the term in their name, author, description or category. */
  byAnything(term: string, page: Page): Promise<Book[]>;
  add(input: BookInput): Promise<Book>;
  update(id: number, input: BookInput): Promise<Book>;
  remove(id: number): Promise<void>;
}

export function bookStore(database: Database): BookStore {
  const queries = bookQueries(database);
  return {
    list: (page) => queries.list(page),
    ofCategory: (categoryId, page) => queries.ofCategory({ categoryId, ...page }),
    byName: (term, page) => queries.byName({ pattern: containing(term), ...page }),
    byAnything: (term, page) => queries.byAnything({ pattern: containing(term), ...page }),

    async get(id) {
      const [book] = await queries.get({ id });
      return book ?? missing(id);
    },

    async add(input) {
      const insert = queries.add(toRow(input));
      const [book] = await explainConstraint(insert, { 'foreign key': () => noSuchCategory(input) });
      return book as Book;
    },

    async update(id, input) {
      const update = queries.update({ id, ...toRow(input) });
      const [book] = await explainConstraint(update, { 'foreign key': () => noSuchCategory(input) });
      return book ?? missing(id);
    },

    async remove(id) {
      const [removed] = await explainConstraint(queries.remove({ id }), {
        'foreign key': () => new ProblemError(409, `Book ${id} is part of an order.`),
      });
      if (!removed) missing(id);
    },
  };
}

function toRow({ value, ...fields }: BookInput) {
  const { name, author, description } = fields;
  return {
    ...fields,
    valueCents: toCents(value),
    searchName: searchable(name),
    searchText: searchable(name, author, description),
  };
}

function missing(id: number): never {
  throw new ProblemError(404, `There is no book ${id}.`);
}

function noSuchCategory({ categoryId }: BookInput): ProblemError {
  return refuseField(422, 'categoryId', categoryId, 'is not the id of a category');
}
