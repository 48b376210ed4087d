import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPrimes, primesUpTo } from './count-primes.ts';
import { countPrimesFast } from './count-primes-fast.ts';

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return number >= 2;
}

test('both agree with trial division for every n up to 10,000', () => {
  let expected = 0;
  for (let n = 0; n <= 10_000; n += 1) {
    if (isPrime(n)) expected += 1;
    const counted = [countPrimes(n, 1000), countPrimesFast(n)];
    if (counted.some((count) => count !== expected)) expect.fail(`π(${n}) is ${expected}, not ${counted}`);
  }
});

// https://oeis.org/A006880
test.each([
  [10, 4],
  [100, 25],
  [1_000, 168],
  [10_000, 1_229],
  [100_000, 9_592],
  [1_000_000, 78_498],
  [10_000_000, 664_579],
  [50_000_000, 3_001_134],
])('π(%d) is %d, by both', (n, primes) => {
  expect(countPrimes(n, 10_000)).toBe(primes);
  expect(countPrimesFast(n)).toBe(primes);
});

test('the fast one agrees with the plain one, whatever its segments', () => {
  const anyN = fc.integer({ min: 0, max: 3_000_000 });
  const anySegment = fc.integer({ min: 1000, max: 4_000_000 });
  fc.assert(
    fc.property(anyN, anySegment, (n, segmentLength) => {
      expect(countPrimesFast(n)).toBe(countPrimes(n, segmentLength));
    }),
    { numRuns: 60 },
  );
});

// A segment of the fast one holds 32,768 indices, and an index thirty numbers; an error of one would show around its ends.
test.each([1, 2, 3])('the fast one counts as it should around the end of segment %d', (segment) => {
  const end = 30 * 32_768 * segment;
  for (let n = end - 60; n <= end + 60; n += 1) {
    const isOneMore = countPrimesFast(n) - countPrimesFast(n - 1) === 1;
    expect(isOneMore, `whether ${n} is prime`).toBe(isPrime(n));
  }
});

test('the primes that sieving starts from', () => {
  expect(primesUpTo(1)).toEqual([]);
  expect(primesUpTo(29)).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
});
