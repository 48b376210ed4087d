/** How well the load generator kept to its own schedule. */
export interface GeneratorHealth {
  /** Of one core, without the busy wait for the next send. */
  readonly cpuShare: number;
  /** Of sends that were later than 1 ms. */
  readonly lateShare: number;
  readonly eventLoopDelayP99Us: number;
}

/** What the judgement needs to know of a target; shares are between 0 and 1. */
export interface MeasuredTarget {
  readonly platform: string;
  readonly emulated: boolean;
  readonly generator: GeneratorHealth;
  /** Failed ÷ sent requests, over all phases. */
  readonly failedShare: number;
  /** Never sent ÷ scheduled requests, over all phases. */
  readonly droppedShare: number;
}
