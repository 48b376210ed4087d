import type { Generator, PhaseResult } from '@catamaran/load';
import type { Context } from '@catamaran/oci';
import type { Service } from '@catamaran/run';
import type { Trial } from './highest-rate.ts';

/** What a service did at a rate, and what it took. */
export interface Load extends Trial {
  readonly p99Ms: number;
  readonly p50Ms: number;
  readonly cpuSecondsPerRequest: number;
  readonly latenessP99Ms: number;
}

/** The fewest requests of which a hundredth is more than a handful. */
const fewestRequests = 1000;

export interface LoadOptions {
  readonly path: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Good is what answers everything, and 99 of 100 sooner than this after they should have been sent. */
  readonly p99Ms: number;
}

/** Asks for one path at a constant rate. */
export async function loadOnce(
  { path, ratePerSecond, seconds, p99Ms }: LoadOptions,
  service: Service,
  generator: Generator,
  ctx: Context,
): Promise<Load> {
  const durationMs = Math.max(seconds * 1000, (fewestRequests / ratePerSecond) * 1000);
  const job = {
    baseUrl: service.url,
    phases: [{ name: path, durationMs, ratePerSecond }],
    scenarios: [{ name: path, weight: 1, steps: [{ method: 'GET' as const, path, headers: {} }] }],
    seed: 1,
    requestTimeoutMs: 5000,
    maxInFlight: 500,
  };
  const before = await service.stats();
  const { phases, generator: health } = await generator.run(job, () => {}, ctx.signal);
  const after = await service.stats();
  const [phase] = phases;
  if (!phase) throw new Error('The load has no phase.');
  const trial = {
    ratePerSecond,
    p50Ms: phase.responseTime.p50Us / 1000,
    p99Ms: phase.responseTime.p99Us / 1000,
    cpuSecondsPerRequest: (after.cpuUsageNs - before.cpuUsageNs) / 1e9 / phase.completed,
    latenessP99Ms: health.latenessP99Us / 1000,
    isGood: isGood(phase, p99Ms),
  };
  console.error(
    `${path} ${ratePerSecond}/s: p99 ${trial.p99Ms.toFixed(1)} ms, ${trial.isGood ? 'good' : 'too much'}`,
  );
  return trial;
}

function isGood({ scheduled, completed, failed, responseTime }: PhaseResult, p99Ms: number): boolean {
  return completed === scheduled && Object.keys(failed).length === 0 && responseTime.p99Us < p99Ms * 1000;
}
