import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { AdminKey } from './admin-key/admin-key.ts';
import { apiRoutes } from './api/api-routes.ts';
import { answerClientError } from './api/client-error.ts';
import { compilers } from './api/compilers.ts';
import { takeOnlyJson } from './api/json-parser.ts';
import type { LogLevel } from './config/log-level.ts';
import type { Readiness } from './database/readiness.ts';
import type { Database } from './database/tables.ts';
import { collectRoutes } from './docs/collect-routes.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { healthRoutes } from './health/health-routes.ts';
import { databaseTotals } from './observability/database-totals.ts';
import { observe } from './observability/observe.ts';
import { answerRequestId, requestId } from './observability/request-id.ts';
import { type SimulatedLatency, simulateLatency } from './observability/simulated-latency.ts';
import { answerError, answerNotFound } from './problem/answer-error.ts';
import { openShop } from './shop.ts';

export interface AppParts {
  readonly database: Database;
  readonly readiness: Readiness;
  /** Without one, everybody may write. */
  readonly adminKey: AdminKey | undefined;
  readonly logLevel: LogLevel;
  readonly requestTimeoutMs: number;
  readonly simulatedLatency?: SimulatedLatency | undefined;
}

/** The whole service but for the socket it listens on. */
export function buildApp(parts: AppParts): FastifyInstance {
  const app = createServer(parts);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  takeOnlyJson(app);

  answerRequestId(app);
  const events = observe(app, databaseTotals(parts.database));
  if (parts.simulatedLatency) simulateLatency(app, parts.simulatedLatency);

  const routes = collectRoutes(app);
  app.register(healthRoutes, parts);
  app.register(apiRoutes, { prefix: '/api', ...parts, shop: openShop(parts.database, events) });
  app.register(docsRoutes, { routes, needsKey: parts.adminKey !== undefined });
  return app;
}

function createServer({ logLevel, requestTimeoutMs }: AppParts): FastifyInstance {
  return Fastify({
    logger: { level: logLevel },
    genReqId: requestId,
    // Two lines for every request are for finding faults; under load they would be a good part of the work.
    logController: new LogController({ disableRequestLogging: !['debug', 'trace'].includes(logLevel) }),
    // While stopping, a request on a connection that is still open is answered as usual, not with a 503.
    return503OnClosing: false,
    schemaController: compilers,
    // For requests that do not get as far as a route, such as one for "/%zz".
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
    // A client that sends its request a byte at a time must not hold a connection for ever.
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(1000, requestTimeoutMs) },
    // What is searched for is part of the path: at most 150 characters, of at most 12 bytes when encoded.
    routerOptions: { maxParamLength: 2000 },
  }).withTypeProvider<TypeBoxTypeProvider>();
}
