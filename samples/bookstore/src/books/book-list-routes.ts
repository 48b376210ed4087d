import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { problems } from '../api/answers.ts';
import { Id } from '../api/id.ts';
import { cutPage, PageQuery, toPage } from '../api/page.ts';
import { requireFound } from '../api/require-found.ts';
import { Term } from '../api/text.ts';
import type { Shop } from '../shop.ts';
import { Book } from './book.ts';

const idOf = ({ id }: Book) => id;
const Books = Type.Array(Book);
const CategoryParams = Type.Object({ categoryId: Id });
const NameParams = Type.Object({ bookName: Term });
const AnythingParams = Type.Object({ searchedValue: Term });

export const bookListRoutes: FastifyPluginAsyncTypebox<Shop> = async (app, { books }) => {
  const lists = { querystring: PageQuery, response: { 200: Books, ...problems } };

  app.get('', { schema: { summary: 'All books', ...lists } }, async (request, reply) =>
    cutPage(await books.list(toPage(request.query)), idOf, request, reply),
  );

  app.get(
    '/get-books-by-category/:categoryId',
    { schema: { summary: 'Books of a category', params: CategoryParams, ...lists } },
    async (request, reply) => {
      const { categoryId } = request.params;
      const found = await books.ofCategory(categoryId, toPage(request.query));
      requireFound(found, `There is no book of a category ${categoryId}.`);
      return cutPage(found, idOf, request, reply);
    },
  );

  app.get(
    '/search/:bookName',
    { schema: { summary: 'Books by name', params: NameParams, ...lists } },
    async (request, reply) => {
      const { bookName } = request.params;
      const found = await books.byName(bookName, toPage(request.query));
      requireFound(found, `There is no book with "${bookName}" in its name.`);
      return cutPage(found, idOf, request, reply);
    },
  );

  app.get(
    '/search-book-with-category/:searchedValue',
    {
      schema: { summary: 'Books by name, author, description or category', params: AnythingParams, ...lists },
    },
    async (request, reply) => {
      const { searchedValue } = request.params;
      const found = await books.byAnything(searchedValue, toPage(request.query));
      requireFound(found, `There is no book with "${searchedValue}" in it, or in its category's name.`);
      return cutPage(found, idOf, request, reply);
    },
  );
};
