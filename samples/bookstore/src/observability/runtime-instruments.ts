import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import type { Meter } from '@opentelemetry/api';

type Delays = ReturnType<typeof monitorEventLoopDelay>;

/** How often the delay of the event loop is looked at. */
const resolutionMs = 20;

/**
 * The event loop and the heap, by the names of the semantic conventions for Node.js and V8:
 * https://opentelemetry.io/docs/specs/semconv/runtime/nodejs-metrics/
 */
export function runtimeInstruments(meter: Meter): void {
  eventLoopInstruments(meter);
  heapInstruments(meter);
}

/** Delays are since the last time that they were asked for, like `rate()` of a counter. */
function eventLoopInstruments(meter: Meter): void {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  const figures: Readonly<Record<string, (delays: Delays) => number>> = {
    mean: ({ mean }) => mean,
    max: ({ max }) => max,
    p50: (histogram) => histogram.percentile(50),
    p90: (histogram) => histogram.percentile(90),
    p99: (histogram) => histogram.percentile(99),
  };
  const gauges = Object.entries(figures).map(([name, read]) => ({
    read,
    gauge: meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, {
      description: `Event loop delay, ${name}.`,
      unit: 's',
    }),
  }));
  meter.addBatchObservableCallback(
    (result) => {
      if (delays.count > 0) {
        for (const { gauge, read } of gauges) result.observe(gauge, toDelaySeconds(read(delays)));
      }
      delays.reset();
    },
    gauges.map(({ gauge }) => gauge),
  );
  let before = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs.eventloop.utilization', {
      description: 'Event loop utilization.',
      unit: '1',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, before).utilization);
      before = now;
    });
}

/** Of nanoseconds between two looks, which are at best as far apart as they should be. */
function toDelaySeconds(betweenNs: number): number {
  return Math.max(0, betweenNs / 1e9 - resolutionMs / 1000);
}

function heapInstruments(meter: Meter): void {
  const used = meter.createObservableUpDownCounter('v8js.memory.heap.used', {
    description: 'Heap memory size allocated.',
    unit: 'By',
  });
  const limit = meter.createObservableUpDownCounter('v8js.memory.heap.limit', {
    description: 'Total heap memory size pre-allocated.',
    unit: 'By',
  });
  const rss = meter.createObservableUpDownCounter('process.memory.usage', {
    description: 'The amount of physical memory in use.',
    unit: 'By',
  });
  meter.addBatchObservableCallback(
    (result) => {
      for (const space of getHeapSpaceStatistics()) {
        const attributes = { 'v8js.heap.space.name': space.space_name };
        result.observe(used, space.space_used_size, attributes);
        result.observe(limit, space.space_size, attributes);
      }
      result.observe(rss, process.memoryUsage.rss());
    },
    [used, limit, rss],
  );
}
