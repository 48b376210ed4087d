import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';

export interface DescribedApi {
  /** OpenAPI 3.1, as JSON. */
  readonly document: string;
  /** Serves Swagger UI at /docs. Its other routes are only there to be described. */
  readonly pages: FastifyInstance;
}

const apiKey = { apiKey: [] };

/** Describes routes that have been added to another server. */
export async function describeApi(routes: readonly RouteOptions[]): Promise<DescribedApi> {
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
      components: {
        securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      },
    },
  });
  await pages.register(swaggerUi, { routePrefix: '/docs' });
  for (const route of routes) pages.route(toDescribe(route));
  await pages.ready();
  return { document: JSON.stringify(pages.swagger()), pages };
}

function toDescribe({ method, url, schema, config }: RouteOptions): RouteOptions {
  const isWrite = method !== 'GET' && !config?.isForEveryone;
  const tag = /^\/api\/([a-z]+)/.exec(url)?.[1] ?? 'service';
  return {
    method,
    url,
    schema: { ...schema, tags: [tag], ...(isWrite ? { security: [apiKey] } : {}) },
    handler: async () => '',
  };
}
