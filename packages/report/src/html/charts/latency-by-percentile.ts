import { formatMs } from '../../format/figures.ts';
import { phaseRows } from '../../phrases/phase-rows.ts';
import type { Distribution } from '../../run-record/distribution.ts';
import type { RunRecord } from '../../run-record/run-record.ts';
import { lineType, targetColor, targetLabel } from '../target-style.ts';
import { categoryAxis, formatPower, grid, logScale, valueAxis } from './axes.ts';
import type { Chart } from './chart.ts';

const percentiles = ['min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

function timesMs(times: Distribution): number[] {
  return percentiles.map((name) => times[`${name}Us`] / 1000);
}

/** A chart for each phase with its targets, all on one scale. */
export function latencyByPercentile(record: RunRecord): Chart[] {
  const rows = phaseRows(record).filter(({ phase }) => phase.responseTime.count > 0);
  const scale = logScale(rows.flatMap(({ phase }) => timesMs(phase.responseTime)));
  const indexes = [...new Set(rows.map((row) => row.index))];
  return indexes.map((index) => {
    const ofPhase = rows.filter((row) => row.index === index);
    const name = ofPhase[0]?.phase.name ?? '';
    return {
      title: `Distribution: ${name}`,
      subtitle: 'Response time in ms, logarithmic, from the fastest to the slowest',
      description: `Response times of phase ${name}. ${ofPhase
        .map(({ target, phase }) => `${targetLabel(target)}: ${describe(phase.responseTime)}`)
        .join('. ')}.`,
      option: {
        grid: grid(),
        xAxis: { ...categoryAxis(percentiles), boundaryGap: false },
        yAxis: valueAxis(formatPower, scale),
        series: ofPhase.map(({ target, phase }) => ({
          type: 'line',
          silent: true,
          symbol: target.emulated ? 'diamond' : 'circle',
          symbolSize: target.emulated ? 8 : 6,
          itemStyle: { color: targetColor(target) },
          lineStyle: { color: targetColor(target), width: 2, type: lineType(target) },
          data: timesMs(phase.responseTime),
        })),
      },
    };
  });
}

function describe(times: Distribution): string {
  return `p50 ${formatMs(times.p50Us)} ms, p95 ${formatMs(times.p95Us)} ms, p99 ${formatMs(times.p99Us)} ms, slowest ${formatMs(times.maxUs)} ms`;
}
