import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Database } from '../database/tables.ts';
import { IdParams } from '../id-params.ts';
import { Problem } from '../problem/problem.ts';
import { Category, CategoryInput } from './category.ts';
import { categoryStore } from './category-store.ts';

export const categoryRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (
  app,
  { database },
) => {
  const categories = categoryStore(database);
  const problems = { '4xx': Problem, '5xx': Problem };

  app.get('/', { schema: { response: { 200: Type.Array(Category), ...problems } } }, () => categories.list());

  app.get('/:id', { schema: { params: IdParams, response: { 200: Category, ...problems } } }, ({ params }) =>
    categories.get(Number(params.id)),
  );

  app.post(
    '/',
    { schema: { body: CategoryInput, response: { 201: Category, ...problems } } },
    async ({ body }, reply) => {
      const category = await categories.add(body);
      return reply.code(201).header('location', `${app.prefix}/${category.id}`).send(category);
    },
  );

  app.put(
    '/:id',
    { schema: { params: IdParams, body: CategoryInput, response: { 200: Category, ...problems } } },
    ({ params, body }) => categories.update(Number(params.id), body),
  );

  app.delete(
    '/:id',
    { schema: { params: IdParams, response: { 204: Type.Null(), ...problems } } },
    async ({ params }, reply) => {
      await categories.remove(Number(params.id));
      return reply.code(204).send(null);
    },
  );
};
