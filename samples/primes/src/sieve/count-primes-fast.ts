import { primesUpTo } from './count-primes.ts';

/**
 * Only numbers that 2, 3 and 5 do not divide are sieved: of thirty in a row, eight, each in a list of its own. In the
 * list of a residue, index k stands for 30k + residue, and the multiples of a prime p are p indices apart.
 */
const wheel = 30;
const residues = [1, 7, 11, 13, 17, 19, 23, 29] as const;

/** Multiples of these come from a pattern that repeats every 7 · 11 · 13 indices, and is copied. */
const patternPrimes = [7, 11, 13] as const;
const patternLength = 7 * 11 * 13;

/**
 * The bytes that are sieved together, one for each number. They fit into the 32 KiB or more of first-level data cache
 * that a core has; a whole list would be 333 KB for ten million, and wait for slower caches.
 */
const segmentLength = 32 * 1024;

/** Of the segment's bytes four are added up at once; after so many words a byte could overflow into the next. */
const wordsPerSum = 255;

/** How many primes there are up to and including `n`, a whole number; π(n), as mathematicians write it. */
export function countPrimesFast(n: number): number {
  const smallPrimes = [2, 3, 5, ...patternPrimes];
  let primeCount = smallPrimes.filter((prime) => prime <= n).length;
  const basePrimes = Uint32Array.from(primesUpTo(Math.floor(Math.sqrt(n)))).subarray(smallPrimes.length);
  const segment = new Uint8Array(segmentLength);
  for (const residue of residues) {
    const listLength = n < residue ? 0 : Math.floor((n - residue) / wheel) + 1;
    primeCount += countInList(residue, listLength, basePrimes, segment);
  }
  return primeCount;
}

/** Counts the primes of one residue's list, without those of the pattern. */
function countInList(residue: number, length: number, basePrimes: Uint32Array, segment: Uint8Array): number {
  if (length === 0) return 0;
  const pattern = makePattern(residue);
  const nextMultiples = basePrimes.map((prime) => firstMultiple(prime, residue));
  let primeCount = 0;
  for (let first = 0; first < length; first += segmentLength) {
    const offset = first % patternLength;
    segment.set(pattern.subarray(offset, offset + segmentLength));
    // One is no prime.
    if (residue === 1 && first === 0) segment[0] = 1;
    crossOutMultiples(segment, basePrimes, nextMultiples);
    const used = Math.min(segmentLength, length - first);
    segment.fill(1, used);
    primeCount += segmentLength - sum(segment);
  }
  return primeCount;
}

/** Where 7, 11 and 13 have their multiples, long enough to begin at any index below `patternLength`. */
function makePattern(residue: number): Uint8Array {
  const pattern = new Uint8Array(patternLength + segmentLength);
  for (const prime of patternPrimes) {
    let index = 0;
    while ((wheel * index + residue) % prime !== 0) index += 1;
    for (; index < pattern.length; index += prime) pattern[index] = 1;
  }
  return pattern;
}

/** The index of the first multiple from p² on: smaller ones have a smaller factor, which crosses them out. */
function firstMultiple(prime: number, residue: number): number {
  let factor = prime;
  while ((prime * factor) % wheel !== residue) factor += 2;
  return (prime * factor - residue) / wheel;
}

/** Crosses out within one segment, and leaves in `nextMultiples` where to go on in the next. */
function crossOutMultiples(segment: Uint8Array, primes: Uint32Array, nextMultiples: Uint32Array): void {
  for (let i = 0; i < primes.length; i += 1) {
    const prime = primes[i] as number;
    let multiple = nextMultiples[i] as number;
    for (; multiple < segmentLength; multiple += prime) segment[multiple] = 1;
    nextMultiples[i] = multiple - segmentLength;
  }
}

/** Of bytes that are 0 or 1. */
function sum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let total = 0;
  for (let start = 0; start < words.length; start += wordsPerSum) {
    const end = Math.min(start + wordsPerSum, words.length);
    let lanes = 0;
    for (let i = start; i < end; i += 1) lanes = (lanes + (words[i] as number)) | 0;
    total += (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24);
  }
  return total;
}
