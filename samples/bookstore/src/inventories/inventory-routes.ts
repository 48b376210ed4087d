import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { nothing, problems } from '../api/answers.ts';
import { Id } from '../api/id.ts';
import { cutPage, PageQuery, toPage } from '../api/page.ts';
import { requireFound } from '../api/require-found.ts';
import { Term } from '../api/text.ts';
import type { Shop } from '../shop.ts';
import { Inventory, InventoryChange, InventoryInput } from './inventory.ts';

const BookParams = Type.Object({ bookId: Id });
const NameParams = Type.Object({ bookName: Term });
const Inventories = Type.Array(Inventory);

export const inventoryRoutes: FastifyPluginAsyncTypebox<Shop> = async (app, { inventories }) => {
  const one = { params: BookParams, response: { 200: Inventory, ...problems } };

  app.get('/:bookId', { schema: { summary: 'How many copies of a book there are', ...one } }, ({ params }) =>
    inventories.get(params.bookId),
  );

  app.get(
    '/get-inventory-by-book-name/:bookName',
    {
      schema: {
        summary: 'How many copies there are of books with such a name',
        params: NameParams,
        querystring: PageQuery,
        response: { 200: Inventories, ...problems },
      },
    },
    async (request, reply) => {
      const { bookName } = request.params;
      const found = await inventories.byBookName(bookName, toPage(request.query));
      requireFound(found, `There is no inventory of a book with "${bookName}" in its name.`);
      return cutPage(found, ({ bookId }) => bookId, request, reply);
    },
  );

  app.post(
    '',
    {
      schema: {
        summary: 'Say how many copies of a book there are',
        body: InventoryInput,
        response: { 201: Inventory, ...problems },
      },
    },
    async ({ body }, reply) => {
      const inventory = await inventories.add(body);
      return reply.code(201).header('location', `${app.prefix}/${inventory.bookId}`).send(inventory);
    },
  );

  app.put(
    '/:bookId',
    { schema: { summary: 'Say it again', body: InventoryChange, ...one } },
    ({ params, body }) => inventories.update({ ...params, ...body }),
  );

  app.delete(
    '/:bookId',
    {
      schema: {
        summary: 'Sell the book no more',
        params: BookParams,
        response: { 204: nothing, ...problems },
      },
    },
    async ({ params }, reply) => {
      await inventories.remove(params.bookId);
      return reply.code(204).send(null);
    },
  );
};
