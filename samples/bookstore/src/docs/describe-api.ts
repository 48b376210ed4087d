import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';

export interface ApiToDescribe {
  /** As they have been added to another server. */
  readonly routes: readonly RouteOptions[];
  /** Whether writes need the admin's key. */
  readonly needsKey: boolean;
}

export interface DescribedApi {
  /** OpenAPI 3.1, as JSON. */
  readonly document: string;
  /** Serves Swagger UI at /docs. Its other routes are only there to be described. */
  readonly pages: FastifyInstance;
}

const securitySchemes = { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } } as const;
const security = [{ apiKey: [] }];

export async function describeApi({ routes, needsKey }: ApiToDescribe): Promise<DescribedApi> {
  const pages = Fastify({ exposeHeadRoutes: false });
  // Nothing is validated or serialised here.
  pages.setValidatorCompiler(() => () => true);
  pages.setSerializerCompiler(() => String);
  await pages.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bookstore',
        version: '1.0.0',
        description: 'Categories, books, inventories and orders.',
      },
      servers: [{ url: '/' }],
      ...(needsKey ? { components: { securitySchemes } } : {}),
    },
  });
  await pages.register(swaggerUi, { routePrefix: '/docs' });
  for (const route of routes) pages.route(toDescribe(route, needsKey));
  await pages.ready();
  return { document: JSON.stringify(pages.swagger()), pages };
}

function toDescribe({ method, url, schema, config }: RouteOptions, needsKey: boolean): RouteOptions {
  const isForAdmin = needsKey && method !== 'GET' && !config?.isForEveryone;
  const tag = /^\/api\/([a-z]+)/.exec(url)?.[1] ?? 'service';
  return {
    method,
    url,
    schema: { ...schema, tags: [tag], ...(isForAdmin ? { security } : {}) },
    handler: async () => '',
  };
}
