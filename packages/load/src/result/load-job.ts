import type { Phase, Scenario } from '../plan/load-plan.ts';

/** A plan together with where and how to run it. */
export interface LoadJob {
  /** `http://127.0.0.1:8080`, seen from inside the network that the generator was launched in. */
  readonly baseUrl: string;
  readonly phases: readonly Phase[];
  readonly scenarios: readonly Scenario[];
  /** The same seed chooses the same scenarios in the same order. */
  readonly seed: number;
  /** Counted from a request's intended start. */
  readonly requestTimeoutMs: number;
  /** Arrivals beyond this many unanswered ones are dropped, and counted. It is also the number of connections. */
  readonly maxInFlight: number;
}

/** Where a run is. Times are of the phase, which is `totalMs` long. */
export interface LoadProgress {
  readonly phase: string;
  readonly elapsedMs: number;
  readonly totalMs: number;
  /** Responses received in this phase so far. */
  readonly completed: number;
}
