import type { RunRecord } from '../../run-record/run-record.ts';
import type { SecondPoint } from '../../run-record/second-point.ts';
import type { TargetRecord } from '../../run-record/target-record.ts';
import { ink, labelStyle } from './axes.ts';

export interface TimedPoint extends SecondPoint {
  /** Seconds since the first phase began, at the middle of the second. */
  readonly atSeconds: number;
}

/** The seconds of all phases in a row. */
export function timedPoints(target: TargetRecord): TimedPoint[] {
  let beginMs = 0;
  return target.phases.flatMap((phase) => {
    const offsetSeconds = beginMs / 1000;
    beginMs += phase.durationMs;
    return phase.seconds.map((point) => ({ ...point, atSeconds: offsetSeconds + point.second + 0.5 }));
  });
}

export function totalSeconds(record: RunRecord): number {
  return record.load.phases.reduce((total, phase) => total + phase.durationMs, 0) / 1000;
}

/** A line where each phase begins, with its name. */
export function phaseMarks(record: RunRecord) {
  let beginMs = 0;
  const data = record.load.phases.map(({ name, durationMs }) => {
    const share = durationMs / 1000 / totalSeconds(record);
    const mark = { xAxis: beginMs / 1000, name: fit(name, share) };
    beginMs += durationMs;
    return mark;
  });
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: ink.line, type: 'solid', width: 1 },
    label: { ...labelStyle, formatter: '{b}', position: 'end', align: 'left', distance: 6, offset: [3, 0] },
    data,
  };
}

/** As much of a name as its phase is wide; nothing where that would be a letter or two. */
function fit(name: string, share: number): string {
  const letters = Math.floor((share * 440) / 7);
  if (name.length <= letters) return name;
  return letters < 4 ? '' : `${name.slice(0, letters - 1)}…`;
}
