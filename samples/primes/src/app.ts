import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import type { LogLevel } from './config.ts';
import { nBounds, parseQuery, segmentBounds } from './parse-query.ts';
import { WorkerPool } from './pool/worker-pool.ts';
import { answerError, answerNotFound } from './problem.ts';
import type { SieveJob } from './sieve/sieve-job.ts';

export interface AppOptions {
  readonly logLevel: LogLevel;
  /** How many requests are computed at a time. */
  readonly workers: number;
  /** How many may wait besides. */
  readonly maxWaiting: number;
  /** What the workers run, when it is not the sieves. */
  readonly workerModule?: URL;
}

/**
 * How long a request that is computed or waits may still take when the service stops. The rest of a second is for
 * saying so to those that were not done, and for ending.
 */
const graceMs = 600;

/** The whole service but for the socket it listens on. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { logLevel, workers: size, maxWaiting } = options;
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

  const module = options.workerModule ?? new URL('sieve/worker.ts', import.meta.url);
  const pool = new WorkerPool({ module, size, maxWaiting });
  app.addHook('preClose', async () => pool.closeAfter(graceMs));
  // By now all connections have ended.
  app.addHook('onClose', () => pool.close());
  const count = (job: SieveJob, reply: FastifyReply) => pool.run(job, goneSignal(reply));

  // The name that container platforms use: "amd64", not "x64".
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  app.get('/healthz', async () => ({ status: 'ok', arch }));

  app.get<{ Querystring: Record<string, unknown> }>('/prime', async ({ query }, reply) => {
    const { n, segment } = parseQuery(query, { n: nBounds, segment: segmentBounds });
    return sendCount(reply, await count({ sieve: 'plain', n, segmentLength: segment }, reply));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/prime/fast', async ({ query }, reply) => {
    const { n } = parseQuery(query, { n: nBounds });
    return sendCount(reply, await count({ sieve: 'fast', n }, reply));
  });
  return app;
}

/** A number alone is JSON, too. */
function sendCount(reply: FastifyReply, primeCount: number): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(String(primeCount));
}

/** Aborted when the client goes before it has its answer. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new Error('The client has gone.'));
  });
  return gone.signal;
}
