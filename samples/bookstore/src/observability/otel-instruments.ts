import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { Totals } from './business-events.ts';
import { businessInstruments } from './business-instruments.ts';
import type { Instruments } from './instruments.ts';
import type { RequestDurations } from './request-durations.ts';
import { requestMetrics } from './request-metrics.ts';
import { runtimeInstruments } from './runtime-instruments.ts';

/**
 * Collects when it is asked. OpenTelemetry's own exporter would open a second port; what is served here goes out by
 * the service's own.
 */
class ScrapedReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** A database that does not answer must not keep a scrape waiting. */
const collectTimeoutMs = 2000;

/** This module, and what it imports, takes long to load; see `lazy-instruments.ts`. */
export function otelInstruments(durations: RequestDurations, totals: Totals): Instruments {
  const reader = new ScrapedReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bookstore');
  // No prefix, no timestamps, no labels and no metric about the service itself: the one who scrapes knows whom.
  const serializer = new PrometheusSerializer('', false, undefined, true, true);
  runtimeInstruments(meter);
  return {
    events: businessInstruments(meter, totals),
    async scrape() {
      const { resourceMetrics } = await reader.collect({ timeoutMillis: collectTimeoutMs });
      const scopeMetrics = [requestMetrics(durations), ...resourceMetrics.scopeMetrics];
      return serializer.serialize({ ...resourceMetrics, scopeMetrics });
    },
  };
}
