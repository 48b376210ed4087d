import type { PhaseResult } from '../run-record/phase-result.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import type { TargetRecord } from '../run-record/target-record.ts';

export interface PhaseRow {
  /** Of the phase, from 0. */
  readonly index: number;
  readonly phase: PhaseResult;
  readonly target: TargetRecord;
  /** Whether the row above is of another phase. */
  readonly isFirst: boolean;
}

/** The targets of a phase under one another, since it is they that are compared. */
export function phaseRows(record: RunRecord): PhaseRow[] {
  const phaseCount = Math.max(0, ...record.targets.map((target) => target.phases.length));
  return Array.from({ length: phaseCount }, (_, index) =>
    record.targets.flatMap((target) => {
      const phase = target.phases[index];
      return phase ? [{ index, phase, target }] : [];
    }),
  ).flatMap((rows) => rows.map((row, position) => ({ ...row, isFirst: position === 0 })));
}
