import type { FastifyPluginAsync } from 'fastify';
import type { AdminKey } from '../admin-key/admin-key.ts';
import { requireAdminKey } from '../admin-key/require-admin-key.ts';
import { bookListRoutes } from '../books/book-list-routes.ts';
import { bookRoutes } from '../books/book-routes.ts';
import { categoryRoutes } from '../categories/category-routes.ts';
import type { Readiness } from '../database/readiness.ts';
import { requirePrepared } from '../database/require-prepared.ts';
import { inventoryRoutes } from '../inventories/inventory-routes.ts';
import { orderRoutes } from '../orders/order-routes.ts';
import type { Shop } from '../shop.ts';
import { loadCompilers } from './compilers.ts';

interface ApiParts {
  readonly shop: Shop;
  readonly readiness: Readiness;
  readonly adminKey: AdminKey | undefined;
}

/** Everything below /api. */
export const apiRoutes: FastifyPluginAsync<ApiParts> = async (api, { shop, readiness, adminKey }) => {
  loadCompilers(api);
  if (adminKey) api.addHook('onRequest', requireAdminKey(adminKey));
  api.addHook('onRequest', requirePrepared(readiness));
  api.register(categoryRoutes, { prefix: '/categories', ...shop });
  api.register(bookListRoutes, { prefix: '/books', ...shop });
  api.register(bookRoutes, { prefix: '/books', ...shop });
  api.register(inventoryRoutes, { prefix: '/inventories', ...shop });
  api.register(orderRoutes, { prefix: '/orders', ...shop });
};
