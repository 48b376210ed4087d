import { formatDuration, formatMs } from '../../format/figures.ts';
import type { RunRecord } from '../../run-record/run-record.ts';
import type { TargetRecord } from '../../run-record/target-record.ts';
import { html } from '../markup.ts';
import { lineType, targetColor, targetTag } from '../target-style.ts';
import { formatPower, grid, labelStyle, logScale, timeAxis, valueAxis } from './axes.ts';
import type { Chart } from './chart.ts';
import { phaseMarks, type TimedPoint, timedPoints, totalSeconds } from './timeline.ts';

const lines = [
  { name: 'p99', width: 1, opacity: 0.55, read: (point: TimedPoint) => point.p99Us },
  { name: 'p95', width: 1.3, opacity: 0.8, read: (point: TimedPoint) => point.p95Us },
  { name: 'p50', width: 2.2, opacity: 1, read: (point: TimedPoint) => point.p50Us },
] as const;

/** A chart for each target, all on one scale. */
export function percentilesOverTime(record: RunRecord): Chart[] {
  const values = record.targets.flatMap(timedPoints).flatMap((point) => [point.p50Us, point.p99Us]);
  const scale = logScale(values.map((us) => us / 1000));
  return record.targets.map((target) => ({
    title: 'Response time, second by second',
    subtitle: html`${targetTag(target)}<br>ms, logarithmic; p50, p95 and p99 of each second${isCrowded(record) && ', the slowest where they are too many to draw'}`,
    description: describe(target),
    option: {
      grid: grid(40),
      xAxis: timeAxis(totalSeconds(record)),
      yAxis: valueAxis(formatPower, scale),
      series: series(record, target),
    },
  }));
}

function series(record: RunRecord, target: TargetRecord) {
  const points = timedPoints(target);
  return lines.map(({ name, width, opacity, read }) => ({
    type: 'line',
    name,
    symbol: 'none',
    silent: true,
    // Where there are more seconds than pixels, the slowest is drawn.
    sampling: 'max',
    lineStyle: { color: targetColor(target), width, opacity, type: lineType(target) },
    endLabel: { ...labelStyle, show: true, formatter: name, distance: 4 },
    labelLayout: { moveOverlap: 'shiftY' },
    // A second in which nothing was answered has no percentile: the line is broken there.
    data: points.map((point) => [point.atSeconds, point.completed > 0 ? read(point) / 1000 : null]),
    ...(name === 'p50' && { markLine: phaseMarks(record) }),
  }));
}

/** Whether there are more seconds than pixels across the chart. */
function isCrowded(record: RunRecord): boolean {
  return totalSeconds(record) > 440;
}

function describe(target: TargetRecord): string {
  const points = timedPoints(target).filter((point) => point.completed > 0);
  const slowest = points.reduce<TimedPoint | undefined>(
    (worst, point) => (worst && worst.p99Us >= point.p99Us ? worst : point),
    undefined,
  );
  const emulated = target.emulated ? ', under emulation' : '';
  if (!slowest) return `Response time of ${target.platform}${emulated}: nothing was answered.`;
  return `Response time of ${target.platform}${emulated} over time. The slowest second, ${formatDuration(slowest.atSeconds * 1000)} after the start, had a p99 of ${formatMs(slowest.p99Us)} ms.`;
}
