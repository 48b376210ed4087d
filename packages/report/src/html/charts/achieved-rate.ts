import { formatRate } from '../../format/figures.ts';
import type { PhaseResult } from '../../run-record/phase-result.ts';
import type { RunRecord } from '../../run-record/run-record.ts';
import type { TargetRecord } from '../../run-record/target-record.ts';
import { lineType, targetColor, targetLabel } from '../target-style.ts';
import { categoryAxis, grid, ink, labelStyle, valueAxis } from './axes.ts';
import type { Chart } from './chart.ts';

/** How much of the rate that was asked for was answered, in each phase. */
export function achievedRate(record: RunRecord): Chart {
  return {
    title: 'Achieved rate, of the intended',
    subtitle: 'Responses per second ÷ requests per second that were asked for; on the bars, per second',
    description: record.targets.map(describe).join(' '),
    option: {
      grid: grid(),
      xAxis: categoryAxis(
        record.load.phases.map((phase) => `${phase.name} ${formatRate(phase.ratePerSecond)}/s`),
      ),
      yAxis: valueAxis((share) => `${Math.round(share * 100)} %`, { max: 1, interval: 0.25 }),
      series: record.targets.map(bars),
    },
  };
}

function bars(target: TargetRecord) {
  const color = targetColor(target);
  return {
    type: 'bar',
    silent: true,
    barMaxWidth: 44,
    barGap: '15%',
    itemStyle: target.emulated
      ? { color: 'transparent', borderColor: color, borderWidth: 1.5, borderType: lineType(target) }
      : { color },
    label: { ...labelStyle, show: true, position: 'top', distance: 3, color: ink.text },
    data: target.phases.map((phase) => ({
      value: share(phase),
      label: { formatter: formatRate(phase.achievedRatePerSecond) },
    })),
  };
}

function share(phase: PhaseResult): number {
  return phase.ratePerSecond === 0 ? 0 : Math.min(1, phase.achievedRatePerSecond / phase.ratePerSecond);
}

function describe(target: TargetRecord): string {
  const rates = target.phases.map(
    (phase) =>
      `${phase.name} ${formatRate(phase.achievedRatePerSecond)} of ${formatRate(phase.ratePerSecond)} per second`,
  );
  return `${targetLabel(target)} achieved ${rates.join(', ')}.`;
}
