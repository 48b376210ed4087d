import type { FastifyPluginAsync } from 'fastify';
import type { ApiToDescribe } from './describe-api.ts';

/**
 * `/openapi.json` and Swagger UI at `/docs`. What makes them is large, and most copies of the service are never
 * asked: it is loaded when somebody does.
 */
export const docsRoutes: FastifyPluginAsync<ApiToDescribe> = async (app, api) => {
  let described: Promise<import('./describe-api.ts').DescribedApi> | undefined;
  const describe = () => {
    described ??= import('./describe-api.ts').then(({ describeApi }) => describeApi(api));
    return described;
  };

  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    const { document } = await describe();
    return reply.type('application/json').send(document);
  });

  for (const url of ['/docs', '/docs/*']) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const { pages } = await describe();
      reply.hijack();
      pages.routing(request.raw, reply.raw);
    });
  }
  app.addHook('onClose', async () => (await described)?.pages.close());
};
