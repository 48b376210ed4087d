/**
 * From where on a measurement is not believed. Above these the generator has been seen to distort what it
 * measures, or the failures to change the work that is measured.
 */
export const thresholds = {
  /** Of sends that left later than 1 ms after their time. */
  lateShare: 0.001,
  /** Of the generator's core, without the wait for the next send. */
  generatorCpuShare: 0.7,
  eventLoopDelayP99Us: 5_000,
  /** Of scheduled requests that were never sent. */
  droppedShare: 0,
  /** Of sent requests. */
  failedShare: 0.001,
} as const;
