/** What a run measured. Times are in microseconds. */
export interface LoadResult {
  readonly phases: readonly PhaseResult[];
  readonly generator: GeneratorHealth;
}

/**
 * A phase counts requests. An arrival makes one; a scenario with several steps makes the next one when the
 * step before it has been answered. `sent + dropped = scheduled`, always.
 */
export interface PhaseResult {
  readonly name: string;
  readonly durationMs: number;
  readonly ratePerSecond: number;
  readonly scheduled: number;
  readonly sent: number;
  /** Arrivals that found `maxInFlight` others unanswered. */
  readonly dropped: number;
  /** Responses received whole, whatever their status. */
  readonly completed: number;
  /** By kind: `timeout`, `connection refused`, `HTTP 500`. A status of 400 or above counts as completed, too. */
  readonly failed: Readonly<Record<string, number>>;
  readonly statusCodes: Readonly<Record<string, number>>;
  /** Bytes of response bodies as they came over the wire, without headers. */
  readonly bytesReceived: number;
  /** `completed` ÷ the time from the phase's start to its last response (at least the phase's duration). */
  readonly achievedRatePerSecond: number;
  /** From the intended send time to the last byte, of what completed. */
  readonly responseTime: Distribution;
  /** From the actual send to the last byte, of what completed. */
  readonly serviceTime: Distribution;
  /** Actual send − intended send, of everything sent. */
  readonly lateness: Distribution;
  /** One per second of the phase, by intended send time. */
  readonly seconds: readonly SecondPoint[];
}

/** All zero when nothing was recorded. */
export interface Distribution {
  readonly count: number;
  readonly minUs: number;
  readonly meanUs: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p95Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** HdrHistogram V2, compressed, base64; values in microseconds, three significant digits. */
  readonly histogram: string;
}

/** Percentiles are of the response time, to within 1 %; 0 when nothing completed. */
export interface SecondPoint {
  readonly second: number;
  readonly scheduled: number;
  readonly completed: number;
  readonly failed: number;
  readonly p50Us: number;
  readonly p95Us: number;
  readonly p99Us: number;
}

/**
 * Whether the generator itself was the bottleneck, in any phase of the run. A run that is to warm things up
 * warms up the generator, too: make it a run of its own, so that it does not count here.
 */
export interface GeneratorHealth {
  /** CPU of its thread as a share of one core, without the busy wait for the next send, in the busiest phase. */
  readonly cpuShare: number;
  readonly eventLoopDelayP99Us: number;
  readonly latenessP99Us: number;
  /** Share of sends that were more than 1 ms late. */
  readonly lateShare: number;
}
