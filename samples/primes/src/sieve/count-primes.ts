/**
 * How many primes there are up to and including `n`, by the segmented sieve as it is usually written: a byte for each
 * number, even ones too, a new array for each segment, and the multiples of every base prime crossed out in each of
 * them. It is what other services are compared with, so it stays as it is; `countPrimesFast` is the better one.
 *
 * @param n a whole number
 * @param segmentLength how many numbers are looked at together
 */
export function countPrimes(n: number, segmentLength: number): number {
  const basePrimes = primesUpTo(Math.floor(Math.sqrt(n)));
  let primeCount = basePrimes.length;
  const first = Math.max(2, Math.floor(Math.sqrt(n)) + 1);
  for (let low = first; low <= n; low += segmentLength) {
    const length = Math.min(segmentLength, n - low + 1);
    const isComposite = new Uint8Array(length);
    for (const prime of basePrimes) {
      const firstMultiple = Math.ceil(low / prime) * prime;
      for (let index = firstMultiple - low; index < length; index += prime) isComposite[index] = 1;
    }
    for (let index = 0; index < length; index += 1) if (isComposite[index] === 0) primeCount += 1;
  }
  return primeCount;
}

/** The sieve of Eratosthenes, for the few primes that a segmented one starts from: up to 7,071 for fifty million. */
export function primesUpTo(limit: number): number[] {
  const isComposite = new Uint8Array(limit + 1);
  const primes: number[] = [];
  for (let number = 2; number <= limit; number += 1) {
    if (isComposite[number] === 1) continue;
    primes.push(number);
    for (let multiple = number * number; multiple <= limit; multiple += number) isComposite[multiple] = 1;
  }
  return primes;
}
