import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { nothing, problems } from '../api/answers.ts';
import { IdParams } from '../api/id.ts';
import { cutPage, PageQuery, toPage } from '../api/page.ts';
import { requireFound } from '../api/require-found.ts';
import { Term } from '../api/text.ts';
import type { Shop } from '../shop.ts';
import { Category, CategoryInput } from './category.ts';

const idOf = ({ id }: Category) => id;
const Categories = Type.Array(Category);
const SearchParams = Type.Object({ category: Term });

export const categoryRoutes: FastifyPluginAsyncTypebox<Shop> = async (app, { categories, events }) => {
  const lists = { querystring: PageQuery, response: { 200: Categories, ...problems } };
  const one = { params: IdParams, response: { 200: Category, ...problems } };

  app.get('', { schema: { summary: 'All categories', ...lists } }, async (request, reply) =>
    cutPage(await categories.list(toPage(request.query)), idOf, request, reply),
  );

  app.get('/:id', { schema: { summary: 'A category', ...one } }, ({ params }) => categories.get(params.id));

  app.get(
    '/search/:category',
    { schema: { summary: 'Categories by name', params: SearchParams, ...lists } },
    async (request, reply) => {
      const { category } = request.params;
      const found = await categories.search(category, toPage(request.query));
      requireFound(found, `There is no category with "${category}" in its name.`);
      return cutPage(found, idOf, request, reply);
    },
  );

  app.post(
    '',
    {
      schema: {
        summary: 'Add a category',
        body: CategoryInput,
        response: { 201: Category, ...problems },
      },
    },
    async ({ body }, reply) => {
      const category = await categories.add(body);
      events.categoryAdded();
      return reply.code(201).header('location', `${app.prefix}/${category.id}`).send(category);
    },
  );

  app.put(
    '/:id',
    { schema: { summary: 'Replace a category', body: CategoryInput, ...one } },
    async ({ params, body }) => {
      const category = await categories.update(params.id, body);
      events.categoryUpdated();
      return category;
    },
  );

  app.delete(
    '/:id',
    {
      schema: {
        summary: 'Delete a category that has no books',
        params: IdParams,
        response: { 204: nothing, ...problems },
      },
    },
    async ({ params }, reply) => {
      await categories.remove(params.id);
      events.categoryDeleted();
      return reply.code(204).send(null);
    },
  );
};
