import type { Page } from '../api/page.ts';
import { keepQuery } from '../database/keep-query.ts';
import { inWholes } from '../database/money-column.ts';
import { like } from '../database/searchable.ts';
import type { Database } from '../database/tables.ts';

interface BookRow {
  readonly categoryId: number;
  readonly name: string;
  readonly author: string;
  readonly description: string;
  readonly valueCents: number;
  readonly publishDate: string;
  readonly searchName: string;
  readonly searchText: string;
}

interface ById {
  readonly id: number;
}

interface Matching extends Page {
  readonly pattern: string;
}

const columns = [
  'book.id',
  'book.categoryId',
  'book.name',
  'book.author',
  'book.description',
  inWholes('book.valueCents').as('value'),
  'book.publishDate',
] as const;

/** Everything that the database is asked about books, as SQL that is made once. */
export function bookQueries(database: Database) {
  const all = ({ after, atMost }: Page) =>
    database.selectFrom('book').select(columns).where('book.id', '>', after).orderBy('book.id').limit(atMost);

  return {
    list: keepQuery(database, (page: Page) => all(page)),
    get: keepQuery(database, ({ id }: ById) =>
      database.selectFrom('book').select(columns).where('id', '=', id),
    ),
    ofCategory: keepQuery(database, (values: Page & { categoryId: number }) =>
      all(values).where('categoryId', '=', values.categoryId),
    ),
    byName: keepQuery(database, (values: Matching) => all(values).where(like('searchName', values.pattern))),
    byAnything: keepQuery(database, (values: Matching) =>
      all(values)
        .innerJoin('category', 'category.id', 'book.categoryId')
        .where(({ or }) =>
          or([like('book.searchText', values.pattern), like('category.searchName', values.pattern)]),
        ),
    ),
    add: keepQuery(database, (row: BookRow) =>
      database.insertInto('book').values(pick(row)).returning(columns),
    ),
    update: keepQuery(database, (row: BookRow & ById) =>
      database.updateTable('book').set(pick(row)).where('id', '=', row.id).returning(columns),
    ),
    remove: keepQuery(database, ({ id }: ById) =>
      database.deleteFrom('book').where('id', '=', id).returning('id'),
    ),
  };
}

function pick({
  categoryId,
  name,
  author,
  description,
  valueCents,
  publishDate,
  searchName,
  searchText,
}: BookRow): BookRow {
  return { categoryId, name, author, description, valueCents, publishDate, searchName, searchText };
}
