/** A stretch of time with one constant arrival rate. */
export interface Phase {
  readonly name: string;
  readonly durationMs: number;
  readonly ratePerSecond: number;
  /** The names of those that it chooses from; all of the plan's where there are none. */
  readonly scenarios?: readonly string[];
}

export interface RequestStep {
  readonly method: 'GET';
  /** Path and query as they are sent; what path the target has is part of it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What one arrival does: its steps, one after the other. */
export interface Scenario {
  readonly name: string;
  /** How often it is chosen, relative to the other scenarios' weights. */
  readonly weight: number;
  readonly steps: readonly RequestStep[];
}

export interface LoadPlan {
  /** The origin that the file names, if it names one: `http://localhost:3000`. */
  readonly target: string | undefined;
  readonly phases: readonly Phase[];
  readonly scenarios: readonly Scenario[];
}
