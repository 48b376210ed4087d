import { formatBytes, formatShare } from '../../format/figures.ts';
import type { Resources } from '../../run-record/resources.ts';
import type { RunRecord } from '../../run-record/run-record.ts';
import { lineType, targetColor, targetLabel } from '../target-style.ts';
import { grid, timeAxis, valueAxis } from './axes.ts';
import type { Chart } from './chart.ts';
import { phaseMarks, totalSeconds } from './timeline.ts';

type Point = Resources['points'][number];

export function cpuShareOverTime(record: RunRecord): Chart {
  const shares = record.targets.flatMap((target) => target.resources.points.map((point) => point.cpuShare));
  const max = shares.reduce((highest, share) => Math.max(highest, share), 1);
  return {
    title: 'CPU, of the limit',
    subtitle: `100 % is ${record.limits.vcpu} vCPU`,
    description: record.targets
      .map(
        (target) =>
          `${targetLabel(target)} used ${formatShare(target.resources.cpuShare)} of its CPU limit on average.`,
      )
      .join(' '),
    option: {
      grid: grid(),
      xAxis: timeAxis(totalSeconds(record)),
      yAxis: valueAxis((share) => `${Math.round(share * 100)} %`, { max, interval: 0.25 }),
      series: series(record, (point) => point.cpuShare),
    },
  };
}

export function memoryOverTime(record: RunRecord): Chart {
  return {
    title: 'Memory',
    subtitle: `MiB, without inactive file pages; the limit is ${record.limits.memoryMiB} MiB`,
    description: record.targets
      .map(
        (target) =>
          `${targetLabel(target)} used at most ${formatBytes(target.resources.memoryPeakBytes)} of memory.`,
      )
      .join(' '),
    option: {
      grid: grid(),
      xAxis: timeAxis(totalSeconds(record)),
      yAxis: valueAxis(String),
      series: series(record, (point) => point.memoryBytes / 1024 ** 2),
    },
  };
}

function series(record: RunRecord, read: (point: Point) => number) {
  return record.targets.map((target, index) => ({
    type: 'line',
    symbol: 'none',
    silent: true,
    sampling: 'max',
    lineStyle: { color: targetColor(target), width: 2, type: lineType(target) },
    data: target.resources.points.map((point) => [point.atMs / 1000, read(point)]),
    ...(index === 0 && { markLine: phaseMarks(record) }),
  }));
}
