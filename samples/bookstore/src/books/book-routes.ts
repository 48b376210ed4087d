import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { nothing, problems } from '../api/answers.ts';
import { IdParams } from '../api/id.ts';
import type { Shop } from '../shop.ts';
import { Book, BookInput } from './book.ts';

/** A book at a time; lists are in `book-list-routes.ts`. */
export const bookRoutes: FastifyPluginAsyncTypebox<Shop> = async (app, { books, events }) => {
  const one = { params: IdParams, response: { 200: Book, ...problems } };

  app.get('/:id', { schema: { summary: 'A book', ...one } }, ({ params }) => books.get(params.id));

  app.post(
    '',
    { schema: { summary: 'Add a book', body: BookInput, response: { 201: Book, ...problems } } },
    async ({ body }, reply) => {
      const book = await books.add(body);
      events.bookAdded();
      return reply.code(201).header('location', `${app.prefix}/${book.id}`).send(book);
    },
  );

  app.put(
    '/:id',
    { schema: { summary: 'Replace a book', body: BookInput, ...one } },
    async ({ params, body }) => {
      const book = await books.update(params.id, body);
      events.bookUpdated();
      return book;
    },
  );

  app.delete(
    '/:id',
    {
      schema: {
        summary: 'Delete a book that nobody has ordered',
        params: IdParams,
        response: { 204: nothing, ...problems },
      },
    },
    async ({ params }, reply) => {
      await books.remove(params.id);
      events.bookDeleted();
      return reply.code(204).send(null);
    },
  );
};
