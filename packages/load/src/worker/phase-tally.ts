import { LatencyHistogram } from '../histogram/latency-histogram.ts';
import { SecondSeries } from '../histogram/second-series.ts';
import type { Phase } from '../plan/load-plan.ts';
import type { PhaseResult } from '../result/load-result.ts';
import { type Nanoseconds, nanosecondsPerMs, nanosecondsPerSecond } from '../schedule/nanoseconds.ts';
import type { Exchange } from './exchange.ts';

const lateNs = nanosecondsPerMs;

/** Counts everything that happens in a phase. */
export class PhaseTally {
  readonly lateness = new LatencyHistogram();
  readonly #responseTime = new LatencyHistogram();
  readonly #serviceTime = new LatencyHistogram();
  readonly #failed = new Map<string, number>();
  readonly #statusCodes = new Map<string, number>();
  readonly #phase: Phase;
  readonly #seconds: SecondSeries;
  #startNs = 0;
  #lastResponseNs = 0;
  #bytesReceived = 0;
  #scheduled = 0;
  #dropped = 0;
  sent = 0;
  sentLate = 0;
  completed = 0;

  constructor(phase: Phase) {
    this.#phase = phase;
    this.#seconds = new SecondSeries(phase.durationMs);
  }

  begin(startNs: Nanoseconds): void {
    this.#startNs = startNs;
    this.#lastResponseNs = startNs;
  }

  schedule(intendedNs: Nanoseconds): void {
    this.#scheduled++;
    this.#seconds.schedule(intendedNs - this.#startNs);
  }

  drop(): void {
    this.#dropped++;
  }

  send({ start: { intendedNs, sentNs } }: Exchange): void {
    this.sent++;
    if (sentNs - intendedNs > lateNs) this.sentLate++;
    this.lateness.record(sentNs - intendedNs);
  }

  complete({ start, status, bodyBytes }: Exchange, endNs: Nanoseconds): void {
    this.completed++;
    this.#lastResponseNs = endNs;
    this.#bytesReceived += bodyBytes;
    this.#responseTime.record(endNs - start.intendedNs);
    this.#serviceTime.record(endNs - start.sentNs);
    this.#seconds.complete(start.intendedNs - this.#startNs, endNs - start.intendedNs);
    increment(this.#statusCodes, String(status));
    if (status >= 400) this.fail(`HTTP ${status}`, start.intendedNs);
  }

  fail(kind: string, intendedNs: Nanoseconds): void {
    increment(this.#failed, kind);
    this.#seconds.fail(intendedNs - this.#startNs);
  }

  result(): PhaseResult {
    const elapsedNs = Math.max(
      this.#phase.durationMs * nanosecondsPerMs,
      this.#lastResponseNs - this.#startNs,
    );
    return {
      name: this.#phase.name,
      durationMs: this.#phase.durationMs,
      ratePerSecond: this.#phase.ratePerSecond,
      scheduled: this.#scheduled,
      sent: this.sent,
      dropped: this.#dropped,
      completed: this.completed,
      failed: Object.fromEntries(this.#failed),
      statusCodes: Object.fromEntries(this.#statusCodes),
      bytesReceived: this.#bytesReceived,
      achievedRatePerSecond: this.completed / (elapsedNs / nanosecondsPerSecond),
      responseTime: this.#responseTime.summary(),
      serviceTime: this.#serviceTime.summary(),
      lateness: this.lateness.summary(),
      seconds: this.#seconds.points(),
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
