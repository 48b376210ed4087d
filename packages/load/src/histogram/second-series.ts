import { build, type Histogram } from 'hdr-histogram-js';
import type { SecondPoint } from '../result/load-result.ts';
import { type Nanoseconds, nanosecondsPerSecond, nanosecondsPerUs } from '../schedule/nanoseconds.ts';

interface Second {
  scheduled: number;
  completed: number;
  failed: number;
  /** Two digits and growing as needed: some 5 KiB a second, so that an hour of them stays below 20 MiB. */
  readonly responseTime: Histogram;
}

/** What happened to the requests of each second of a phase, by intended send time. */
export class SecondSeries {
  readonly #seconds: Second[];

  constructor(durationMs: number) {
    this.#seconds = Array.from({ length: Math.ceil(durationMs / 1000) }, () => ({
      scheduled: 0,
      completed: 0,
      failed: 0,
      responseTime: build({ numberOfSignificantValueDigits: 2 }),
    }));
  }

  /** Times are since the phase's start. */
  schedule(intended: Nanoseconds): void {
    const second = this.#at(intended);
    if (second) second.scheduled++;
  }

  complete(intended: Nanoseconds, responseTime: Nanoseconds): void {
    const second = this.#at(intended);
    if (!second) return;
    second.completed++;
    second.responseTime.recordValue(Math.max(0, Math.round(responseTime / nanosecondsPerUs)));
  }

  fail(intended: Nanoseconds): void {
    const second = this.#at(intended);
    if (second) second.failed++;
  }

  points(): readonly SecondPoint[] {
    return this.#seconds.map(({ scheduled, completed, failed, responseTime }, second) => {
      const percentile = (p: number) =>
        completed === 0 ? 0 : Math.min(responseTime.getValueAtPercentile(p), responseTime.maxValue);
      const percentiles = { p50Us: percentile(50), p95Us: percentile(95), p99Us: percentile(99) };
      return { second, scheduled, completed, failed, ...percentiles };
    });
  }

  /** A scenario's later steps may begin when the phase is over: they count to its last second. */
  #at(intended: Nanoseconds): Second | undefined {
    const second = Math.floor(intended / nanosecondsPerSecond);
    return this.#seconds[Math.min(second, this.#seconds.length - 1)];
  }
}
