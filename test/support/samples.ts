import type { Service } from '@catamaran/run';
import { type ContainedProcess, containedProcess } from './contained-process.ts';
import { requestsInFlight } from './requests-in-flight.ts';

export interface Sample {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is asked while it is to end. */
  readonly path: string;
  /** What it answers then. */
  readonly answer: RegExp;
  /** What it says of itself when it has started. */
  readonly log?: string;
}

export const primes: Sample = {
  name: 'primes',
  env: { LOG_LEVEL: 'info' },
  // Of half a CPU one thread makes use; the machine has more, which it can see.
  log: '"workers":1,',
  path: '/prime?n=1000000',
  // What it has no time for is answered, too.
  answer: /^HTTP\/1\.1 (200 OK\r\n[\s\S]*\r\n\r\n78498|503 Service Unavailable\r\n[\s\S]*retry-after: 1\r\n)/,
};

export const samples: readonly Sample[] = [
  {
    name: 'bookstore',
    // Longer than anything that it does by itself, so that the end finds all requests at it.
    env: { SIMULATED_LATENCY_MS: '200' },
    path: '/api/books',
    answer: /^HTTP\/1\.1 200 OK\r\n[\s\S]*"author":/,
  },
  primes,
  { name: 'releases', env: {}, path: '/releases', answer: /^HTTP\/1\.1 200 OK\r\n[\s\S]*"Krypton"/ },
];

export interface SampleEnd {
  readonly process: ContainedProcess;
  /** From SIGTERM until the process was gone. */
  readonly tookMs: number;
  /** To requests that were in flight then. */
  readonly answers: readonly string[];
}

/** Ends a running sample as an orchestrator does, while it is at some requests and others are not yet whole. */
export async function endSample(service: Service, { path }: Sample): Promise<SampleEnd> {
  const requests = await requestsInFlight(service, path, 2);
  const contained = containedProcess();
  const signalled = performance.now();
  process.kill(contained.pid, 'SIGTERM');
  const answers = requests.finish();
  await service.exited;
  return { process: contained, tookMs: performance.now() - signalled, answers: await answers };
}
