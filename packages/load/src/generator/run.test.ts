import { setTimeout as sleep } from 'node:timers/promises';
import { createContext } from '@catamaran/oci';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadJob, neverAborted, noProgress, scenario } from '../../testing/load-job.ts';
import { startServer } from '../../testing/start-server.ts';
import type { LoadProgress, PhaseResult } from '../index.ts';
import type { Generator } from './generator.ts';
import { launchGenerator } from './launch-generator.ts';

let generator: Generator;
beforeAll(async () => {
  generator = await launchGenerator({ enter: [] }, createContext());
});
afterAll(() => generator[Symbol.asyncDispose]());

async function run(...job: Parameters<typeof loadJob>): Promise<PhaseResult> {
  const { phases } = await generator.run(loadJob(...job), noProgress, neverAborted);
  if (!phases[0]) throw new Error('There is no phase in the result.');
  return phases[0];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

test('what is sent is what was planned, and every request is in the result', async () => {
  let received = 0;
  await using server = await startServer((_request, response) => {
    received++;
    response.end('hello');
  });
  const progress: LoadProgress[] = [];
  const plan = loadJob(server.url, 50, 1200, {
    phases: [
      { name: 'first', durationMs: 1200, ratePerSecond: 50 },
      { name: 'second', durationMs: 500, ratePerSecond: 20 },
    ],
  });
  const { phases, generator: health } = await generator.run(plan, (p) => progress.push(p), neverAborted);
  expect(received).toBe(70);
  expect(phases).toMatchObject([
    { name: 'first', scheduled: 60, sent: 60, dropped: 0, completed: 60, failed: {}, bytesReceived: 300 },
    { name: 'second', scheduled: 10, completed: 10, statusCodes: { 200: 10 }, bytesReceived: 50 },
  ]);
  const [first] = phases;
  expect(first?.seconds.map(({ scheduled, completed }) => [scheduled, completed])).toEqual([
    [50, 50],
    [10, 10],
  ]);
  expect(first?.achievedRatePerSecond).toBeLessThanOrEqual(50);
  expect(first?.responseTime.count).toBe(60);
  expect(first?.lateness.count).toBe(60);
  expect(first?.responseTime.p50Us).toBeGreaterThanOrEqual(first?.serviceTime.p50Us ?? Number.NaN);
  expect(decodeFromCompressedBase64(first?.responseTime.histogram ?? '').totalCount).toBe(60);
  expect(health.cpuShare).toBeGreaterThan(0);
  expect(health.cpuShare).toBeLessThan(1);
  expect(progress.at(-1)).toEqual({ phase: 'second', elapsedMs: 500, totalMs: 500, completed: 10 });
});

test('a phase sends what it names, and all where it names nothing', async () => {
  const paths: string[] = [];
  await using server = await startServer(({ url = '' }, response) => {
    paths.push(url);
    response.end();
  });
  const phase = { durationMs: 200, ratePerSecond: 100 };
  const plan = loadJob(server.url, 1, 1, {
    phases: [
      { ...phase, name: 'one', scenarios: ['/a'] },
      { ...phase, name: 'all' },
      { ...phase, name: 'other', scenarios: ['/b', '/c'] },
    ],
    scenarios: [scenario('/a'), scenario('/b'), scenario('/c')],
  });
  await generator.run(plan, noProgress, neverAborted);
  const [one, all, other] = [paths.slice(0, 20), paths.slice(20, 40), paths.slice(40)].map((part) =>
    [...new Set(part)].sort(),
  );
  expect([one, all, other]).toEqual([['/a'], ['/a', '/b', '/c'], ['/b', '/c']]);
});

test('a dead port: every request fails by its kind, and nothing is dropped', async () => {
  const server = await startServer((_request, response) => response.end());
  await server[Symbol.asyncDispose]();
  const result = await run(server.url, 40, 1000);
  expect(result).toMatchObject({ scheduled: 40, sent: 40, dropped: 0, completed: 0, statusCodes: {} });
  expect(result.failed).toEqual({ 'connection refused': 40 });
  expect(result.responseTime).toMatchObject({ count: 0, minUs: 0, meanUs: 0, p99Us: 0, maxUs: 0 });
  expect(result.seconds).toMatchObject([{ second: 0, scheduled: 40, completed: 0, failed: 40, p50Us: 0 }]);
});

test('a slow service with few places: what finds none is dropped and counted', async () => {
  await using server = await startServer(async (_request, response) => {
    await sleep(400);
    response.end('late');
  });
  const result = await run(server.url, 50, 1000, { maxInFlight: 5 });
  expect(result.scheduled).toBe(50);
  expect(result.sent + result.dropped).toBe(50);
  expect(result.sent).toBeGreaterThanOrEqual(5);
  // Five places, each free again after 400 ms at the soonest: three times in a second.
  expect(result.sent).toBeLessThanOrEqual(15);
  expect(result.completed).toBe(result.sent);
});

test('HTTP errors are failed and completed; connections that break are failed', async () => {
  await using server = await startServer((request, response) => {
    if (request.url === '/broken') request.socket.destroy();
    else response.writeHead(request.url === '/busy' ? 503 : 500).end('no');
  });
  const result = await run(server.url, 60, 1000, {
    scenarios: [scenario('/'), scenario('/busy'), scenario('/broken')],
  });
  const { 'HTTP 500': errors = 0, 'HTTP 503': busy = 0, ...broken } = result.failed;
  expect(result.statusCodes).toEqual({ 500: errors, 503: busy });
  expect(Math.min(errors, busy)).toBeGreaterThan(0);
  expect(Object.keys(broken)).toEqual([expect.stringMatching(/^connection (closed|reset)$/)]);
  expect(result.completed).toBe(errors + busy);
  expect(sum(result.failed)).toBe(60);
});

test('a service that never answers: timeouts, counted from the intended start', async () => {
  await using server = await startServer(() => {});
  const startMs = performance.now();
  const result = await run(server.url, 20, 500, { requestTimeoutMs: 700 });
  expect(result).toMatchObject({ scheduled: 10, sent: 10, completed: 0, failed: { timeout: 10 } });
  // The last one was meant for 450 ms.
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(1100);
});

test('a response that stops half-way is a timeout, not a completion', async () => {
  await using server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
  });
  const result = await run(server.url, 10, 300, { requestTimeoutMs: 300 });
  expect(result).toMatchObject({ sent: 3, completed: 0, failed: { timeout: 3 }, bytesReceived: 0 });
});

describe('a scenario of several steps', () => {
  test('makes one request after the other, each one scheduled when it is due', async () => {
    const paths: (string | undefined)[] = [];
    await using server = await startServer((request, response) => {
      paths.push(request.url);
      response.end('x');
    });
    const result = await run(`${server.url}/base/`, 5, 1000, { scenarios: [scenario('/a', '/b?x=1', '/c')] });
    expect(result).toMatchObject({ scheduled: 15, sent: 15, dropped: 0, completed: 15 });
    expect(paths.toSorted()).toEqual([
      ...Array(5).fill('/base/a'),
      ...Array(5).fill('/base/b?x=1'),
      ...Array(5).fill('/base/c'),
    ]);
    expect(paths.slice(0, 3)).toEqual(['/base/a', '/base/b?x=1', '/base/c']);
  });

  test('goes on after an HTTP error and ends with a request that got no response', async () => {
    await using server = await startServer((request, response) => {
      if (request.url === '/b') request.socket.destroy();
      else response.writeHead(404).end();
    });
    const result = await run(server.url, 5, 1000, { scenarios: [scenario('/a', '/b', '/c')] });
    expect(result).toMatchObject({ scheduled: 10, sent: 10, completed: 5, statusCodes: { 404: 5 } });
    expect(sum(result.failed)).toBe(10);
  });
});

test('headers of the plan are sent', async () => {
  let seen: unknown;
  await using server = await startServer(({ headers }, response) => {
    seen = headers['x-tenant'];
    response.end();
  });
  const steps = [{ method: 'GET', path: '/', headers: { 'X-Tenant': 'blue' } }] as const;
  await run(server.url, 5, 200, { scenarios: [{ name: 'own', weight: 1, steps }] });
  expect(seen).toBe('blue');
});

test('one run at a time, and a job that makes no sense is a coded error', async () => {
  await using server = await startServer((_request, response) => response.end());
  const first = generator.run(loadJob(server.url, 10, 300), noProgress, neverAborted);
  await expect(generator.run(loadJob(server.url, 10, 300), noProgress, neverAborted)).rejects.toMatchObject({
    code: 'CATA_GENERATOR_BUSY',
  });
  await first;
  await expect(generator.run(loadJob('nowhere', 10, 300), noProgress, neverAborted)).rejects.toMatchObject({
    code: 'CATA_GENERATOR_FAILED',
  });
});
