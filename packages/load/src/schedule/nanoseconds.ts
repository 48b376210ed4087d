/** A time or a length of time in nanoseconds. A double counts them exactly for the first 104 days. */
export type Nanoseconds = number;

export const nanosecondsPerSecond = 1_000_000_000;
export const nanosecondsPerMs = 1_000_000;
export const nanosecondsPerUs = 1000;
