import { formatCount } from '../format/figures.ts';
import type { PhaseResult } from '../run-record/phase-result.ts';

export function countFailed(phase: PhaseResult): number {
  return Object.values(phase.failed).reduce((total, count) => total + count, 0);
}

/** "timeout 12, HTTP 500 3", the most frequent first, and what was never sent last; '' when nothing was amiss. */
export function describeFailures(phase: PhaseResult): string {
  const kinds = Object.entries(phase.failed).filter(([, count]) => count > 0);
  kinds.sort(([, a], [, b]) => b - a);
  if (phase.dropped > 0) kinds.push(['never sent', phase.dropped]);
  return kinds.map(([kind, count]) => `${kind} ${formatCount(count)}`).join(', ');
}
