import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { AdminKey } from './admin-key/admin-key.ts';
import { requireAdminKey } from './admin-key/require-admin-key.ts';
import { bookRoutes } from './books/book-routes.ts';
import { categoryRoutes } from './categories/category-routes.ts';
import type { LogLevel } from './config.ts';
import type { Database } from './database/tables.ts';
import { healthRoutes } from './health/health-routes.ts';
import { databaseTotals } from './observability/database-totals.ts';
import { observe } from './observability/observe.ts';
import { answerRequestId, requestId } from './observability/request-id.ts';
import { type SimulatedLatency, simulateLatency } from './observability/simulated-latency.ts';
import { orderRoutes } from './orders/order-routes.ts';
import { answerError, answerNotFound } from './problem/answer-error.ts';

export interface AppParts {
  /** Closed together with the app. */
  readonly database: Database;
  readonly adminKey: AdminKey;
  readonly logLevel: LogLevel;
  readonly simulatedLatency?: SimulatedLatency | undefined;
}

/** The whole service but for the socket it listens on; tests call it with `inject()`. */
export function buildApp({ database, adminKey, logLevel, simulatedLatency }: AppParts): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel },
    genReqId: requestId,
    // Two lines for every request are for finding faults; under load they would be a good part of the work.
    logController: new LogController({ disableRequestLogging: !['debug', 'trace'].includes(logLevel) }),
    // While stopping, a request on a connection that is still open is answered as usual, not with a 503.
    return503OnClosing: false,
    // For requests that do not get as far as a route, such as one for "/%zz".
    frameworkErrors: answerError,
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Unlike Fastify's default, it does not change a body to make it fit: "12" is not a number, null is not "".
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onClose', () => database.destroy());

  answerRequestId(app);
  observe(app, databaseTotals(database));
  if (simulatedLatency) simulateLatency(app, simulatedLatency);

  app.register(healthRoutes);
  app.register(
    async (api) => {
      api.addHook('onRequest', requireAdminKey(adminKey));
      api.register(categoryRoutes, { prefix: '/categories', database });
      api.register(bookRoutes, { prefix: '/books', database });
      api.register(orderRoutes, { prefix: '/orders', database });
    },
    { prefix: '/api' },
  );
  return app;
}
