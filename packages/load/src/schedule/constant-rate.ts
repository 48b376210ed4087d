import { type Nanoseconds, nanosecondsPerSecond } from './nanoseconds.ts';

/** When requests are meant to be sent. */
export interface Schedule {
  readonly arrivals: number;
  /** The n-th arrival's time, n = 0, 1, …, after the start. */
  intendedStart(n: number): Nanoseconds;
}

/**
 * Arrivals at an even distance, the first at once. Every time is computed from `n` and never from the time
 * before it: errors do not add up, and there are no bursts at the turn of a second.
 */
export function constantRate(ratePerSecond: number, durationMs: number): Schedule {
  const exact = (durationMs * ratePerSecond) / 1000;
  // 70 s at 0.1/s are 7.000000000000001 arrivals in floating point, and 7 in truth.
  const arrivals = Math.ceil(exact - exact * 1e-12);
  return {
    arrivals,
    intendedStart: (n) => Math.round((n * nanosecondsPerSecond) / ratePerSecond),
  };
}
