import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { problems } from '../api/answers.ts';
import { IdParams } from '../api/id.ts';
import { cutPage, PageQuery, toPage } from '../api/page.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Shop } from '../shop.ts';
import { Order, OrderChange, OrderInput } from './order.ts';

const idOf = ({ id }: Order) => id;
const Orders = Type.Array(Order);

export const orderRoutes: FastifyPluginAsyncTypebox<Shop> = async (app, { orders, events }) => {
  const one = { params: IdParams, response: { 200: Order, ...problems } };

  app.get(
    '',
    { schema: { summary: 'All orders', querystring: PageQuery, response: { 200: Orders, ...problems } } },
    async (request, reply) => cutPage(await orders.list(toPage(request.query)), idOf, request, reply),
  );

  app.get('/:id', { schema: { summary: 'An order', ...one } }, ({ params }) => orders.get(params.id));

  app.post(
    '',
    {
      config: { isForEveryone: true },
      schema: {
        summary: 'Order a copy of each book',
        body: OrderInput,
        response: { 201: Order, ...problems },
      },
    },
    async ({ body }, reply) => {
      const order = await orders.place(body);
      events.orderPlaced({ ...order, numberOfBooks: order.books.length });
      return reply.code(201).header('location', `${app.prefix}/${order.id}`).send(order);
    },
  );

  app.put(
    '/:id',
    { schema: { summary: 'Ship, deliver or cancel an order', body: OrderChange, ...one } },
    async ({ params, body }) => {
      const changed = await orders.become(params.id, body.status);
      if (changed?.status === 'CANCELED') events.orderCanceled();
      return changed ?? (await orders.get(params.id));
    },
  );

  app.delete('/:id', { schema: { summary: 'Cancel an order', ...one } }, async ({ params }) => {
    const canceled = await orders.become(params.id, 'CANCELED');
    if (!canceled) throw new ProblemError(409, `Order ${params.id} is canceled already.`);
    events.orderCanceled();
    return canceled;
  });
};
