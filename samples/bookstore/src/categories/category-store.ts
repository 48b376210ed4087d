import { explainConstraint } from '../database/constraint-error.ts';
import type { Database } from '../database/tables.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Category, CategoryInput } from './category.ts';

export interface CategoryStore {
  list(): Promise<Category[]>;
  get(id: number): Promise<Category>;
  add(input: CategoryInput): Promise<Category>;
  update(id: number, input: CategoryInput): Promise<Category>;
  remove(id: number): Promise<void>;
}

export function categoryStore(database: Database): CategoryStore {
  return {
    list: () => database.selectFrom('category').selectAll().orderBy('id').execute(),

    get: (id) =>
      database
        .selectFrom('category')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow(() => missing(id)),

    add: (input) =>
      explainConstraint(
        database.insertInto('category').values(input).returningAll().executeTakeFirstOrThrow(),
        { unique: () => nameTaken(input.name) },
      ),

    update: (id, input) =>
      explainConstraint(
        database
          .updateTable('category')
          .set(input)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow(() => missing(id)),
        { unique: () => nameTaken(input.name) },
      ),

    async remove(id) {
      await explainConstraint(
        database
          .deleteFrom('category')
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirstOrThrow(() => missing(id)),
        { 'foreign key': () => new ProblemError(409, `Category ${id} still has books.`) },
      );
    },
  };
}

function missing(id: number): ProblemError {
  return new ProblemError(404, `There is no category ${id}.`);
}

function nameTaken(name: string): ProblemError {
  const detail = 'is the name of another category';
  return new ProblemError(409, `"${name}" ${detail}.`, [{ in: 'body', field: 'name', detail }]);
}
