import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Database } from '../database/tables.ts';
import { Problem } from '../problem/problem.ts';
import { Order } from './order.ts';
import { orderStore } from './order-store.ts';

export const orderRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (app, { database }) => {
  const orders = orderStore(database);

  app.get('/', { schema: { response: { 200: Type.Array(Order), '4xx': Problem, '5xx': Problem } } }, () =>
    orders.list(),
  );
};
