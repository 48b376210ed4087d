import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

const latenciesUs = fc.array(fc.nat(60_000_000), { minLength: 1, maxLength: 300 });

function histogramOf(valuesUs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const valueUs of valuesUs) histogram.record(valueUs * 1000);
  return histogram;
}

test('count, least, mean and greatest are exact, percentiles to 0.1 %', () => {
  fc.assert(
    fc.property(latenciesUs, (valuesUs) => {
      const sorted = valuesUs.toSorted((a, b) => a - b);
      const summary = histogramOf(valuesUs).summary();
      expect(summary.count).toBe(sorted.length);
      expect(summary.minUs).toBe(sorted[0]);
      expect(summary.maxUs).toBe(sorted.at(-1));
      expect(summary.meanUs).toBeCloseTo(sorted.reduce((sum, value) => sum + value, 0) / sorted.length, 2);
      for (const [percentile, valueUs] of [
        [50, summary.p50Us],
        [90, summary.p90Us],
        [95, summary.p95Us],
        [99, summary.p99Us],
      ] as const) {
        const exactUs = sorted[Math.ceil((percentile / 100) * sorted.length) - 1] ?? Number.NaN;
        expect(Math.abs(valueUs - exactUs)).toBeLessThanOrEqual(exactUs * 0.001);
      }
    }),
  );
});

test('the exported histogram is one that any HdrHistogram reads', () => {
  const decoded = decodeFromCompressedBase64(histogramOf([100, 200, 300, 1_000_000]).summary().histogram);
  expect(decoded.totalCount).toBe(4);
  expect(decoded.getValueAtPercentile(50)).toBe(200);
  expect(decoded.getValueAtPercentile(100)).toBeGreaterThanOrEqual(1_000_000);
});

test('of nothing, everything is zero, and the histogram is an empty one', () => {
  const { histogram, ...numbers } = new LatencyHistogram().summary();
  expect(new Set(Object.values(numbers))).toEqual(new Set([0]));
  expect(decodeFromCompressedBase64(histogram).totalCount).toBe(0);
});

test('two added are as if one had recorded everything', () => {
  const both = histogramOf([5, 10, 15]);
  both.add(histogramOf([1, 20_000]));
  expect(both.summary()).toEqual(histogramOf([5, 10, 15, 1, 20_000]).summary());
});

test('a clock that seems to go backwards counts as no time at all', () => {
  const histogram = new LatencyHistogram();
  histogram.record(-300);
  expect(histogram.summary()).toMatchObject({ count: 1, minUs: 0, maxUs: 0 });
});
