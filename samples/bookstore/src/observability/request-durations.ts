/** Inclusive upper bounds, in seconds, as the semantic conventions advise. */
export const boundsSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;

/** One method, route and status. */
export interface DurationSeries {
  readonly method: string;
  /** The template, "/api/books/:id"; undefined where no route fits. */
  readonly route: string | undefined;
  readonly status: number;
  count: number;
  sumSeconds: number;
  /** One for each bound, and one for what is above the last. */
  readonly buckets: number[];
}

/**
 * How long requests took. OpenTelemetry's histogram would make a key of all attributes for every request, which is a
 * quarter of what a small request costs; here a request costs two look-ups.
 */
export class RequestDurations {
  readonly series: DurationSeries[] = [];

  /** @returns what records the requests of one route */
  route(route: string | undefined): (method: string, status: number, seconds: number) => void {
    const byStatus = new Map<string, DurationSeries>();
    return (method, status, seconds) => {
      const key = `${status}${method}`;
      let series = byStatus.get(key);
      if (!series) {
        series = this.#begin(method, route, status);
        byStatus.set(key, series);
      }
      add(series, seconds);
    };
  }

  #begin(method: string, route: string | undefined, status: number): DurationSeries {
    const buckets = Array.from({ length: boundsSeconds.length + 1 }, () => 0);
    const series = { method, route, status, count: 0, sumSeconds: 0, buckets };
    this.series.push(series);
    return series;
  }
}

function add(series: DurationSeries, seconds: number): void {
  const above = boundsSeconds.findIndex((bound) => seconds <= bound);
  const index = above === -1 ? boundsSeconds.length : above;
  series.buckets[index] = (series.buckets[index] ?? 0) + 1;
  series.count += 1;
  series.sumSeconds += seconds;
}
