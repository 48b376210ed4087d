import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How much longer every request takes, at random. */
export interface SimulatedLatency {
  readonly minMs: number;
  readonly maxMs: number;
}

const longestMs = 60_000;

/** "20-80" or "50"; undefined if it is neither, or has its bounds the wrong way round. */
export function parseSimulatedLatency(text: string): SimulatedLatency | undefined {
  const [, min = '', max = min] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (min === '' || Number(min) > Number(max) || Number(max) > longestMs) return undefined;
  return { minMs: Number(min), maxMs: Number(max) };
}

/** What watches the service, and must not take it for slow. */
const exempt = new Set(['/healthz', '/readyz', '/metrics']);

/** Delays each request, as a database or another service far away would. @param random from 0 to below 1 */
export function simulateLatency(
  app: FastifyInstance,
  { minMs, maxMs }: SimulatedLatency,
  random: () => number = Math.random,
): void {
  app.addHook('onRequest', async ({ routeOptions }) => {
    if (exempt.has(routeOptions.url ?? '')) return;
    await sleep(minMs + random() * (maxMs - minMs));
  });
}
