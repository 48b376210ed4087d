import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantRate } from './constant-rate.ts';
import { nanosecondsPerMs, nanosecondsPerSecond } from './nanoseconds.ts';

const rates = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }),
  fc.double({ min: 0.01, max: 50_000, noNaN: true }),
);
const durationsMs = fc.integer({ min: 1, max: 4 * 3_600_000 });

test.each([
  [100, 6000, 600],
  [0.1, 70_000, 7],
  [0.3, 10_000, 3],
  [2.5, 1000, 3],
  [1, 500, 1],
  [1000, 60_000, 60_000],
])('%d/s for %d ms are %d arrivals', (rate, durationMs, arrivals) => {
  expect(constantRate(rate, durationMs).arrivals).toBe(arrivals);
});

test('the first arrival is at once, the last inside the duration, and one more would be outside', () => {
  fc.assert(
    fc.property(rates, durationsMs, (rate, durationMs) => {
      const { arrivals, intendedStart } = constantRate(rate, durationMs);
      const durationNs = durationMs * nanosecondsPerMs;
      // One nanosecond, or what a double cannot tell apart.
      const roundingNs = 1 + durationNs * 1e-11;
      expect(intendedStart(0)).toBe(0);
      expect(intendedStart(arrivals - 1)).toBeLessThanOrEqual(durationNs + roundingNs);
      expect(intendedStart(arrivals)).toBeGreaterThanOrEqual(durationNs - roundingNs);
    }),
  );
});

test('no drift: the n-th arrival is at n ÷ rate to the nanosecond, even after a month', () => {
  const rate = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(rate, fc.nat(30 * 86_400), fc.nat(100_000), (ratePerSecond, seconds, more) => {
      const n = ratePerSecond * seconds + (more % ratePerSecond);
      const exactNs = (BigInt(n) * BigInt(nanosecondsPerSecond)) / BigInt(ratePerSecond);
      const differenceNs = BigInt(constantRate(ratePerSecond, 1000).intendedStart(n)) - exactNs;
      expect(differenceNs).toBeGreaterThanOrEqual(-1n);
      expect(differenceNs).toBeLessThanOrEqual(1n);
    }),
  );
});

test('no bursts: neighbours are one interval apart everywhere', () => {
  fc.assert(
    fc.property(rates, fc.nat(10_000_000), (rate, n) => {
      const { intendedStart } = constantRate(rate, 1000);
      const gapNs = intendedStart(n + 1) - intendedStart(n);
      const roundingNs = 1 + intendedStart(n) * Number.EPSILON * 4;
      expect(Math.abs(gapNs - nanosecondsPerSecond / rate)).toBeLessThanOrEqual(roundingNs);
    }),
  );
});
