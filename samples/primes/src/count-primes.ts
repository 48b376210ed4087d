/**
 * The numbers are sieved in segments of this many bytes, one for each odd number. What a segment needs then fits
 * into the 32 KiB or more of first-level data cache that a core has. A sieve of the whole range would be 5 MB for
 * ten million, and would spend its time waiting for slower caches and for memory.
 */
const segmentBytes = 32 * 1024;

/** How many primes there are up to and including `n`, a whole number; π(n), as mathematicians write it. */
export function countPrimes(n: number): number {
  if (n < 2) return 0;

  // Index i stands for the odd number 2i + 3. Even numbers are left out: of those, only 2 is prime.
  const oddCount = Math.floor((n - 1) / 2);
  const basePrimes = oddPrimesUpTo(Math.floor(Math.sqrt(n)));
  // For each base prime p, where its next multiple lies in the current segment. The first is p²: smaller
  // multiples have a smaller factor, which has already crossed them out.
  const nextMultiples = basePrimes.map((prime) => (prime * prime - 3) / 2);
  const isComposite = new Uint8Array(segmentBytes);

  let primeCount = 1;
  for (let first = 0; first < oddCount; first += segmentBytes) {
    isComposite.fill(0);
    crossOutMultiples(isComposite, basePrimes, nextMultiples);
    primeCount += countZeros(isComposite, Math.min(segmentBytes, oddCount - first));
  }
  return primeCount;
}

/** Crosses out within one segment, and leaves in `nextMultiples` where to go on in the next. */
function crossOutMultiples(isComposite: Uint8Array, primes: Uint32Array, nextMultiples: Uint32Array): void {
  for (let i = 0; i < primes.length; i += 1) {
    // A step of one index is a step of two numbers, so p indices are 2p numbers: the next odd multiple.
    const step = primes[i] as number;
    let multiple = nextMultiples[i] as number;
    for (; multiple < isComposite.length; multiple += step) isComposite[multiple] = 1;
    nextMultiples[i] = multiple - isComposite.length;
  }
}

function countZeros(bytes: Uint8Array, length: number): number {
  let zeros = length;
  for (let i = 0; i < length; i += 1) zeros -= bytes[i] as number;
  return zeros;
}

/** The plain sieve, for the few primes that the segmented one starts from: up to 7,071 for fifty million. */
function oddPrimesUpTo(limit: number): Uint32Array {
  const isComposite = new Uint8Array(limit + 1);
  const primes: number[] = [];
  for (let number = 3; number <= limit; number += 2) {
    if (isComposite[number]) continue;
    primes.push(number);
    for (let multiple = number * number; multiple <= limit; multiple += 2 * number) isComposite[multiple] = 1;
  }
  return Uint32Array.from(primes);
}
