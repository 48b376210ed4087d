import type { FastifyInstance } from 'fastify';
import type { BusinessEvents, Totals } from './business-events.ts';
import { LazyInstruments } from './lazy-instruments.ts';

/** After the service has begun to listen. */
const loadAfterMs = 1000;

/**
 * Measures every request, and answers `GET /metrics`.
 * @returns what the API tells its business to
 */
export function observe(app: FastifyInstance, totals: Totals): BusinessEvents {
  const instruments = new LazyInstruments(async () =>
    (await import('./otel-instruments.ts')).otelInstruments(totals),
  );

  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const seconds = reply.elapsedTime / 1000;
    instruments.requestAnswered({ method, route: routeOptions.url, status: reply.statusCode, seconds });
  });

  // Sooner, it would keep the first requests waiting.
  app.addHook('onListen', async () => {
    const load = () => instruments.load().catch((error: unknown) => app.log.error(error));
    setTimeout(load, loadAfterMs).unref();
  });

  app.get('/metrics', async (_request, reply) =>
    // https://prometheus.io/docs/instrumenting/exposition_formats/
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await instruments.scrape()),
  );
  return instruments.events;
}
