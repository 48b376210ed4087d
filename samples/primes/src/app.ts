import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { LogLevel } from './config.ts';
import { countPrimes } from './count-primes.ts';
import { parseN } from './parse-n.ts';
import { answerError, answerNotFound } from './problem.ts';

/** The whole service but for the socket it listens on; tests call it with `inject()`. */
export function buildApp({ logLevel }: { readonly logLevel: LogLevel }): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel },
    // Two lines for every request are for finding faults.
    logController: new LogController({ disableRequestLogging: !['debug', 'trace'].includes(logLevel) }),
    // While stopping, a request on a connection that is still open is answered as usual, not with a 503.
    return503OnClosing: false,
    // For requests that do not get as far as a route, such as one for "/%zz".
    frameworkErrors: answerError,
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);

  // The name that container platforms use: "amd64", not "x64".
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  app.get('/healthz', async () => ({ status: 'ok', arch }));

  // The sieve runs on the event loop, where it holds up every other request. Elsewhere that would be a mistake;
  // here one request at a time on one core is what is to be measured, without the cost of handing it to a thread.
  app.get<{ Querystring: { n?: unknown } }>('/prime', async ({ query }) => {
    const n = parseN(query.n);
    return { n, primes: countPrimes(n) };
  });
  return app;
}
