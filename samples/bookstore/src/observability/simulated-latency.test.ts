import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { parseSimulatedLatency, type SimulatedLatency, simulateLatency } from './simulated-latency.ts';

test.each([
  ['20-80', { minMs: 20, maxMs: 80 }],
  ['50', { minMs: 50, maxMs: 50 }],
  ['0-0', { minMs: 0, maxMs: 0 }],
  ['0-60000', { minMs: 0, maxMs: 60_000 }],
])('%s is a latency', (text, latency) => {
  expect(parseSimulatedLatency(text)).toEqual(latency);
});

test.each(['', '-', '5-', '-5', '80-20', '1.5', '1-2-3', '20 - 80', '0-60001', '999999', 'fast'])(
  '"%s" is none',
  (text) => {
    expect(parseSimulatedLatency(text)).toBeUndefined();
  },
);

/** How long a request takes, in whole steps of 100 ms. */
async function stepsOf(url: string, latency: SimulatedLatency, random: number): Promise<number> {
  const app = Fastify();
  onTestFinished(() => app.close());
  simulateLatency(app, latency, () => random);
  app.get('/api/books', async () => []);
  app.get('/healthz', async () => ({}));
  const start = performance.now();
  await app.inject(url);
  // A timer may fire a millisecond early.
  return Math.floor((performance.now() - start + 2) / 100);
}

test('each request takes longer by something between the bounds, health checks do not', async () => {
  const latency = { minMs: 100, maxMs: 300 };

  expect(await stepsOf('/api/books', latency, 0)).toBeGreaterThanOrEqual(1);
  expect(await stepsOf('/api/books', latency, 0.999)).toBeGreaterThanOrEqual(2);
  expect(await stepsOf('/nowhere', latency, 0)).toBeGreaterThanOrEqual(1);
  const slow = { minMs: 20_000, maxMs: 20_000 };
  expect(await stepsOf('/healthz', slow, 0)).toBeLessThan(200);
});
