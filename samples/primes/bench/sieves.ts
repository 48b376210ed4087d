import { countPrimes } from '../src/sieve/count-primes.ts';
import { countPrimesFast } from '../src/sieve/count-primes-fast.ts';

// How long both sieves take up to ten million: "node bench/sieves.ts".
const rounds = 15;
const sieves = {
  '/prime': () => countPrimes(10_000_000, 10_000),
  '/prime/fast': () => countPrimesFast(10_000_000),
};
for (const [name, count] of Object.entries(sieves)) {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    count();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const [least = 0, median = 0] = [times[0], times[Math.floor(rounds / 2)]];
  process.stdout.write(`${name}: median ${median.toFixed(1)} ms, least ${least.toFixed(1)} ms\n`);
}
