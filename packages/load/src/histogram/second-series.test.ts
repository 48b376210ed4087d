import { expect, test } from 'vitest';
import { SecondSeries } from './second-series.ts';

const secondNs = 1_000_000_000;

test('a request counts to the second that it was meant for, whenever it was answered', () => {
  const series = new SecondSeries(2500);
  series.schedule(0.2 * secondNs);
  series.complete(0.2 * secondNs, 2 * secondNs);
  series.schedule(1.5 * secondNs);
  series.fail(1.5 * secondNs);
  const [first, second, third] = series.points();
  expect(first).toMatchObject({ second: 0, scheduled: 1, completed: 1, failed: 0, p99Us: 2_000_000 });
  expect(second).toEqual({ second: 1, scheduled: 1, completed: 0, failed: 1, p50Us: 0, p95Us: 0, p99Us: 0 });
  expect(third).toMatchObject({ second: 2, scheduled: 0, completed: 0 });
});

test('what begins after the phase counts to its last second', () => {
  const series = new SecondSeries(1000);
  series.schedule(1.2 * secondNs);
  expect(series.points()).toMatchObject([{ second: 0, scheduled: 1 }]);
});
