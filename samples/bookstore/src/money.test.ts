import { expect, test } from 'vitest';
import { fromCents, toCents } from './money.ts';

test('cents survive the way to an amount and back', () => {
  for (let cents = 0; cents < 100_000; cents += 1) expect(toCents(fromCents(cents))).toBe(cents);
});
