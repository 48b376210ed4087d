import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Phase } from '../plan/load-plan.ts';
import type { LoadJob, LoadProgress } from '../result/load-job.ts';
import { constantRate } from '../schedule/constant-rate.ts';
import { nanosecondsPerMs } from '../schedule/nanoseconds.ts';
import { nowNs } from './now.ts';
import { OpenExchanges } from './open-exchanges.ts';
import { paceArrivals } from './pace-arrivals.ts';
import { PhaseRun } from './phase-run.ts';
import { PhaseTally } from './phase-tally.ts';
import type { Script } from './script.ts';
import { gaugeStrain, type Strain } from './strain.ts';

const progressEveryMs = 500;

/** What the phases of one run share. */
export interface RunParts {
  readonly job: LoadJob;
  readonly connections: Dispatcher;
  readonly pickerFor: (phase: Phase) => () => Script;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly signal: AbortSignal;
}

/** Runs one phase to its end: all sent, all answered or timed out, and its time over. */
export async function runPhase(
  phase: Phase,
  parts: RunParts,
): Promise<{ readonly tally: PhaseTally; readonly strain: Strain }> {
  const { job, signal } = parts;
  const tally = new PhaseTally(phase);
  const open = new OpenExchanges(job.requestTimeoutMs);
  const schedule = constantRate(phase.ratePerSecond, phase.durationMs);
  const gauge = gaugeStrain();
  const { busyWait } = gauge;
  const run = new PhaseRun({
    ...parts,
    pickScript: parts.pickerFor(phase),
    maxInFlight: job.maxInFlight,
    open,
    tally,
    busyWait,
  });
  const startNs = nowNs();
  tally.begin(startNs);
  const stopReporting = reportProgress(phase, tally, startNs, parts);
  try {
    await paceArrivals(schedule, startNs, (intendedNs) => run.arrive(intendedNs), busyWait, signal);
    const strain = gauge.stop();
    await open.drained();
    // The last arrival comes before the end of the phase; the next phase's first one does not.
    const restMs = phase.durationMs - (nowNs() - startNs) / nanosecondsPerMs;
    if (restMs > 0) await sleep(Math.ceil(restMs), undefined, { signal });
    signal.throwIfAborted();
    return { tally, strain };
  } finally {
    stopReporting();
    open.stopWatching();
  }
}

/** Reports now and then, and a last time when it is stopped. */
function reportProgress(phase: Phase, tally: PhaseTally, startNs: number, parts: RunParts): () => void {
  const totalMs = phase.durationMs;
  const report = () => {
    const elapsedMs = Math.min(totalMs, Math.ceil((nowNs() - startNs) / nanosecondsPerMs));
    parts.onProgress({ phase: phase.name, elapsedMs, totalMs, completed: tally.completed });
  };
  const timer = setInterval(report, progressEveryMs);
  return () => {
    clearInterval(timer);
    if (!parts.signal.aborted) report();
  };
}
