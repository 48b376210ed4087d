import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { Distribution } from '../result/load-result.ts';
import { type Nanoseconds, nanosecondsPerUs } from '../schedule/nanoseconds.ts';

const oneHourUs = 3_600_000_000;

/**
 * Counts latencies in memory that does not grow with their number. The plain JavaScript histogram takes 60 ns a
 * value (the WebAssembly one 35 ns, the packed one 290 ns): nothing beside the request that was timed.
 */
export class LatencyHistogram {
  readonly #values = build({ highestTrackableValue: oneHourUs, numberOfSignificantValueDigits: 3 });
  #minUs = Number.POSITIVE_INFINITY;
  #sumUs = 0;

  record(latency: Nanoseconds): void {
    const valueUs = Math.max(0, Math.round(latency / nanosecondsPerUs));
    this.#values.recordValue(valueUs);
    this.#sumUs += valueUs;
    if (valueUs < this.#minUs) this.#minUs = valueUs;
  }

  add(other: LatencyHistogram): void {
    this.#values.add(other.#values);
    this.#sumUs += other.#sumUs;
    this.#minUs = Math.min(this.#minUs, other.#minUs);
  }

  /** 0 when nothing was recorded. */
  percentileUs(percentile: number): number {
    if (this.#values.totalCount === 0) return 0;
    // A bucket answers with its upper edge, which may lie above everything recorded.
    return Math.min(this.#values.getValueAtPercentile(percentile), this.#values.maxValue);
  }

  summary(): Distribution {
    const count = this.#values.totalCount;
    return {
      count,
      minUs: count === 0 ? 0 : this.#minUs,
      meanUs: count === 0 ? 0 : Math.round((this.#sumUs / count) * 1000) / 1000,
      p50Us: this.percentileUs(50),
      p90Us: this.percentileUs(90),
      p95Us: this.percentileUs(95),
      p99Us: this.percentileUs(99),
      maxUs: count === 0 ? 0 : this.#values.maxValue,
      histogram: encodeIntoCompressedBase64(this.#values),
    };
  }
}
