import { expect, test } from 'vitest';
import { parseDurationMs } from './parse-duration.ts';

test.each([
  [30, 30_000],
  [0.5, 500],
  ['30', 30_000],
  ['30s', 30_000],
  ['2m', 120_000],
  ['2 min', 120_000],
  ['1m 30s', 90_000],
  ['1m30s', 90_000],
  ['1.5 hours', 5_400_000],
  ['250ms', 250],
  ['1 day', 86_400_000],
])('%j is %d ms', (value, durationMs) => {
  expect(parseDurationMs(value)).toBe(durationMs);
});

test.each([
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  '0s',
  '-5s',
  '5 parsecs',
  's',
  '1m x',
  '{{ time }}',
  true,
  null,
  undefined,
])('%j is no duration', (value) => {
  expect(parseDurationMs(value)).toBeUndefined();
});
