import type { Page } from '../api/page.ts';
import { explainConstraint } from '../database/constraint-error.ts';
import { keepQuery } from '../database/keep-query.ts';
import { containing, like, searchable } from '../database/searchable.ts';
import type { Database } from '../database/tables.ts';
import { ProblemError, refuseField } from '../problem/problem-error.ts';
import type { Category, CategoryInput } from './category.ts';

export interface CategoryStore {
  list(page: Page): Promise<Category[]>;
  get(id: number): Promise<Category>;
  search(term: string, page: Page): Promise<Category[]>;
  add(input: CategoryInput): Promise<Category>;
  update(id: number, input: CategoryInput): Promise<Category>;
  remove(id: number): Promise<void>;
}

export function categoryStore(database: Database): CategoryStore {
  const queries = categoryQueries(database);
  return {
    list: (page) => queries.list(page),

    async get(id) {
      const [category] = await queries.get({ id });
      return category ?? missing(id);
    },

    search: (term, page) => queries.search({ pattern: containing(term), ...page }),

    async add(input) {
      const insert = queries.add({ ...input, searchName: searchable(input.name) });
      const [category] = await explainConstraint(insert, { unique: () => nameTaken(input) });
      return category as Category;
    },

    async update(id, input) {
      const update = queries.update({ id, ...input, searchName: searchable(input.name) });
      const [category] = await explainConstraint(update, { unique: () => nameTaken(input) });
      return category ?? missing(id);
    },

    async remove(id) {
      const [removed] = await explainConstraint(queries.remove({ id }), {
        'foreign key': () => new ProblemError(409, `Category ${id} still has books.`),
      });
      if (!removed) missing(id);
    },
  };
}

function categoryQueries(database: Database) {
  const columns = ['id', 'name'] as const;
  const all = (page: Page) =>
    database
      .selectFrom('category')
      .select(columns)
      .where('id', '>', page.after)
      .orderBy('id')
      .limit(page.atMost);
  return {
    list: keepQuery(database, (page: Page) => all(page)),
    get: keepQuery(database, ({ id }: { id: number }) =>
      database.selectFrom('category').select(columns).where('id', '=', id),
    ),
    search: keepQuery(database, (values: Page & { pattern: string }) =>
      all(values).where(like('searchName', values.pattern)),
    ),
    add: keepQuery(database, ({ name, searchName }: CategoryInput & { searchName: string }) =>
      database.insertInto('category').values({ name, searchName }).returning(columns),
    ),
    update: keepQuery(database, ({ id, name, searchName }: Category & { searchName: string }) =>
      database.updateTable('category').set({ name, searchName }).where('id', '=', id).returning(columns),
    ),
    remove: keepQuery(database, ({ id }: { id: number }) =>
      database.deleteFrom('category').where('id', '=', id).returning('id'),
    ),
  };
}

function missing(id: number): never {
  throw new ProblemError(404, `There is no category ${id}.`);
}

function nameTaken({ name }: CategoryInput): ProblemError {
  return refuseField(409, 'name', name, 'is the name of another category');
}
