import type { Schedule } from '../schedule/constant-rate.ts';
import { type Nanoseconds, nanosecondsPerMs } from '../schedule/nanoseconds.ts';
import type { BusyWait } from './busy-wait.ts';
import { nowNs } from './now.ts';

/** A timer fires up to about 2 ms after it was due; from here on the loop is kept turning instead. */
const spinNs = 2 * nanosecondsPerMs;

/**
 * Calls `arrive` for every arrival of the schedule when it is due. All that are due by then are sent in the
 * same turn, however late it is, and then the loop turns once: responses are never starved by sends.
 * Resolves after the last arrival, or early when the signal is aborted.
 */
export function paceArrivals(
  schedule: Schedule,
  startNs: Nanoseconds,
  arrive: (intendedNs: Nanoseconds) => void,
  busyWait: BusyWait,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let next = 0;
  let nextNs = startNs + schedule.intendedStart(next);
  const turn = () => {
    if (signal.aborted) return resolve();
    const turnNs = nowNs();
    busyWait.turned(turnNs);
    while (next < schedule.arrivals && nextNs <= turnNs) {
      arrive(nextNs);
      next++;
      nextNs = startNs + schedule.intendedStart(next);
    }
    if (next >= schedule.arrivals) return resolve();
    const sleepMs = Math.floor((nextNs - nowNs() - spinNs) / nanosecondsPerMs);
    if (sleepMs < 1) return setImmediate(turn);
    busyWait.slept();
    return setTimeout(turn, sleepMs);
  };
  turn();
  return promise;
}
