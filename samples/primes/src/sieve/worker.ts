import { parentPort } from 'node:worker_threads';
import type { WorkerAnswer } from '../pool/worker-answer.ts';
import { countPrimes } from './count-primes.ts';
import { countPrimesFast } from './count-primes-fast.ts';
import type { SieveJob } from './sieve-job.ts';

// What the threads of the pool run.
parentPort?.on('message', (job: SieveJob) => {
  const result = job.sieve === 'fast' ? countPrimesFast(job.n) : countPrimes(job.n, job.segmentLength);
  parentPort?.postMessage({ result } satisfies WorkerAnswer);
});
