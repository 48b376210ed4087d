import { once } from 'node:events';
import { Pool } from 'undici';
import { LatencyHistogram } from '../histogram/latency-histogram.ts';
import type { Phase } from '../plan/load-plan.ts';
import type { LoadJob, LoadProgress } from '../result/load-job.ts';
import type { GeneratorHealth, LoadResult } from '../result/load-result.ts';
import type { PhaseTally } from './phase-tally.ts';
import { type RunParts, runPhase } from './run-phase.ts';
import { pickScripts, scenariosOf } from './script.ts';
import { seededRandom } from './seeded-random.ts';
import type { Strain } from './strain.ts';

/** Runs a plan's phases one after the other. Rejects at once when the signal is aborted. */
export async function runJob(
  job: LoadJob,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<LoadResult> {
  signal.throwIfAborted();
  const base = new URL(job.baseUrl);
  const connections = openConnections(base, job);
  const basePath = base.pathname.replace(/\/$/, '');
  const random = seededRandom(job.seed);
  const pickerFor = (phase: Phase) => pickScripts(scenariosOf(phase, job.scenarios), basePath, random);
  const aborted = once(signal, 'abort').then(() => Promise.reject(signal.reason));
  try {
    const phases = runPhases({ job, connections, pickerFor, onProgress, signal });
    return await Promise.race([phases, aborted]);
  } finally {
    await connections.destroy();
  }
}

/**
 * A connection for every request that may be in flight, so that none waits inside the client. Timeouts are our
 * own: they count from the intended start.
 */
function openConnections(base: URL, job: LoadJob): Pool {
  return new Pool(base.origin, {
    connections: job.maxInFlight,
    pipelining: 1,
    allowH2: false,
    connectTimeout: job.requestTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

async function runPhases(parts: RunParts): Promise<LoadResult> {
  const tallies: PhaseTally[] = [];
  const strains: Strain[] = [];
  for (const phase of parts.job.phases) {
    const { tally, strain } = await runPhase(phase, parts);
    tallies.push(tally);
    strains.push(strain);
  }
  return { phases: tallies.map((tally) => tally.result()), generator: health(tallies, strains) };
}

/** Of the phases' strains the worst counts: a quiet phase does not make up for one that was too much. */
function health(tallies: readonly PhaseTally[], strains: readonly Strain[]): GeneratorHealth {
  const lateness = new LatencyHistogram();
  for (const tally of tallies) lateness.add(tally.lateness);
  const sent = tallies.reduce((sum, tally) => sum + tally.sent, 0);
  const sentLate = tallies.reduce((sum, tally) => sum + tally.sentLate, 0);
  return {
    cpuShare: Math.max(0, ...strains.map(({ cpuShare }) => cpuShare)),
    eventLoopDelayP99Us: Math.max(0, ...strains.map(({ eventLoopDelayP99Us }) => eventLoopDelayP99Us)),
    latenessP99Us: lateness.percentileUs(99),
    lateShare: sent === 0 ? 0 : sentLate / sent,
  };
}
