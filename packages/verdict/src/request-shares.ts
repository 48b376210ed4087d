import type { MeasuredTarget } from './measured-target.ts';

/** The counts of a phase of load, of which `failed` is by kind of failure. */
export interface RequestCounts {
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
  readonly failed: Readonly<Record<string, number>>;
}

/** The shares that a target is judged by, over all its phases; 0 where there was nothing to share. */
export function requestShares(
  phases: readonly RequestCounts[],
): Pick<MeasuredTarget, 'failedShare' | 'droppedShare'> {
  return {
    failedShare: share(
      sum(phases.map((phase) => sum(Object.values(phase.failed)))),
      sum(phases.map((p) => p.sent)),
    ),
    droppedShare: share(sum(phases.map((phase) => phase.dropped)), sum(phases.map((p) => p.scheduled))),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
