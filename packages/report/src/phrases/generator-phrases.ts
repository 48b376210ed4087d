import { thresholds } from '@catamaran/verdict';
import { formatMs, formatShare } from '../format/figures.ts';
import type { TargetRecord } from '../run-record/target-record.ts';

/** Whether the generator did what it was told, so that what it measured is the service. */
function keptSchedule({ generator, phases }: TargetRecord): boolean {
  return (
    generator.lateShare <= thresholds.lateShare &&
    generator.cpuShare <= thresholds.generatorCpuShare &&
    generator.eventLoopDelayP99Us <= thresholds.eventLoopDelayP99Us &&
    phases.every((phase) => phase.dropped === 0)
  );
}

export function describeGenerator(target: TargetRecord): string {
  const { generator, phases } = target;
  const dropped = phases.reduce((total, phase) => total + phase.dropped, 0);
  const figures = [
    `busy for ${formatShare(generator.cpuShare)} of a core`,
    `${formatShare(generator.lateShare)} of sends late`,
    `lateness p99 ${formatMs(generator.latenessP99Us)} ms`,
    `event-loop delay p99 ${formatMs(generator.eventLoopDelayP99Us)} ms`,
    ...(dropped > 0 ? [`${dropped} requests never sent`] : []),
  ];
  return `${keptSchedule(target) ? 'kept its schedule' : 'did not keep its schedule'}: ${figures.join(', ')}`;
}

/** The limits that the figures above are held against. */
export const generatorLimits = `A generator counts as the bottleneck when it is busy for more than ${thresholds.generatorCpuShare * 100} % of a core, sends more than ${thresholds.lateShare * 100} % of the requests over 1 ms late, has an event-loop delay p99 above ${thresholds.eventLoopDelayP99Us / 1000} ms, or leaves any request unsent.`;
