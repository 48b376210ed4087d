import type { FastifyInstance } from 'fastify';
import type { BusinessEvents, Totals } from './business-events.ts';
import { LazyInstruments } from './lazy-instruments.ts';
import { RequestDurations } from './request-durations.ts';
import { timeRequests } from './time-requests.ts';

/**
 * Measures every request, and answers `GET /metrics`. To be called before routes are added.
 * @returns what the API tells its business to
 */
export function observe(app: FastifyInstance, totals: Totals): BusinessEvents {
  const durations = new RequestDurations();
  timeRequests(app, durations);
  const instruments = new LazyInstruments(async () => {
    const { otelInstruments } = await import('./otel-instruments.ts');
    return otelInstruments(durations, totals);
  });
  app.get('/metrics', async (_request, reply) =>
    // https://prometheus.io/docs/instrumenting/exposition_formats/
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await instruments.scrape()),
  );
  return instruments.events;
}
