import { expect, test } from 'vitest';
import { boundsSeconds, RequestDurations } from './request-durations.ts';

test('each method, route and status is a series of its own', () => {
  const durations = new RequestDurations();
  const [books, orders] = [durations.route('/books'), durations.route('/orders')];
  books('GET', 200, 0.001);
  books('GET', 404, 0.002);
  books('PUT', 200, 0.003);
  orders('GET', 200, 0.004);
  books('GET', 200, 0.5);

  const counts = durations.series.map(({ method, route, status, count }) => [method, route, status, count]);
  expect(counts).toEqual([
    ['GET', '/books', 200, 2],
    ['GET', '/books', 404, 1],
    ['PUT', '/books', 200, 1],
    ['GET', '/orders', 200, 1],
  ]);
  expect(durations.series[0]?.sumSeconds).toBeCloseTo(0.501);
});

test.each([
  [0, 0],
  [0.005, 0],
  [0.0050001, 1],
  [10, boundsSeconds.length - 1],
  [10.1, boundsSeconds.length],
])('%d s is in bucket %d, whose bound is inclusive', (seconds, bucket) => {
  const durations = new RequestDurations();
  durations.route('/')('GET', 200, seconds);

  expect(durations.series[0]?.buckets.indexOf(1)).toBe(bucket);
});
