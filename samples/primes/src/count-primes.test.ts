import { expect, test } from 'vitest';
import { countPrimes } from './count-primes.ts';

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return number >= 2;
}

test('agrees with trial division for every n up to 20,000', () => {
  let expected = 0;
  for (let n = 0; n <= 20_000; n += 1) {
    if (isPrime(n)) expected += 1;
    if (countPrimes(n) !== expected) expect.fail(`π(${n}) is ${expected}, not ${countPrimes(n)}`);
  }
});

// A segment holds 32,768 odd numbers from 3 on; around its ends an error of one would show.
test.each([1, 2, 3])('agrees with trial division around the end of segment %d', (segment) => {
  const end = 3 + 2 * 32_768 * segment;
  for (let n = end - 40; n <= end + 40; n += 1) {
    const isOneMore = countPrimes(n) - countPrimes(n - 1) === 1;
    expect(isOneMore, `whether ${n} is prime`).toBe(isPrime(n));
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
])('π(%d) is %d', (n, primes) => {
  expect(countPrimes(n)).toBe(primes);
});
