import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Database } from '../database/tables.ts';
import { IdParams } from '../id-params.ts';
import { Problem } from '../problem/problem.ts';
import { Book, BookInput } from './book.ts';
import { bookStore } from './book-store.ts';

export const bookRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (app, { database }) => {
  const books = bookStore(database);
  const problems = { '4xx': Problem, '5xx': Problem };

  app.get('/', { schema: { response: { 200: Type.Array(Book), ...problems } } }, () => books.list());

  app.get('/:id', { schema: { params: IdParams, response: { 200: Book, ...problems } } }, ({ params }) =>
    books.get(Number(params.id)),
  );

  app.post(
    '/',
    { schema: { body: BookInput, response: { 201: Book, ...problems } } },
    async ({ body }, reply) => {
      const book = await books.add(body);
      return reply.code(201).header('location', `${app.prefix}/${book.id}`).send(book);
    },
  );

  app.put(
    '/:id',
    { schema: { params: IdParams, body: BookInput, response: { 200: Book, ...problems } } },
    ({ params, body }) => books.update(Number(params.id), body),
  );

  app.delete(
    '/:id',
    { schema: { params: IdParams, response: { 204: Type.Null(), ...problems } } },
    async ({ params }, reply) => {
      await books.remove(Number(params.id));
      return reply.code(204).send(null);
    },
  );
};
