import { expect, test } from 'vitest';
import { InvalidNError, parseN } from './parse-n.ts';

test.each([
  [undefined, 10_000_000],
  ['0', 0],
  ['007', 7],
  ['50000000', 50_000_000],
])('takes %j', (value, n) => {
  expect(parseN(value)).toBe(n);
});

test.each(['', ' ', '-1', '1.5', '1e3', '0x10', 'ten', '50000001', '9'.repeat(400), ['1', '2']])(
  'refuses %j, and quotes it',
  (value) => {
    expect(() => parseN(value)).toThrow(InvalidNError);
    expect(() => parseN(value)).toThrow(`but is ${JSON.stringify(value)}.`);
  },
);
