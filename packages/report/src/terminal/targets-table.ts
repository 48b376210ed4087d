import { formatBytes, formatDuration, formatMs, formatShare } from '../format/figures.ts';
import { describeRun } from '../phrases/run-phrases.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { printable } from './paint.ts';
import { type Column, layOutTable, type Table, type TableOptions } from './table.ts';

/** A row for each target: how it ran, and what it used. */
export function targetsTable(
  targets: readonly TargetRecord[],
  options: Omit<TableOptions<TargetRecord>, 'isDim'>,
): Table {
  return layOutTable(columns, targets, { ...options, isDim: (target) => target.emulated });
}

/** Marks what the emulator's speed has gone into. */
export const emulatedMark = '~';

const mark = (target: TargetRecord, text: string) => (target.emulated ? emulatedMark + text : text);

const columns: readonly Column<TargetRecord>[] = [
  { title: 'target', align: 'left', cell: (target) => printable(target.platform) },
  { title: 'ran', align: 'left', cell: describeRun },
  { title: 'start-up', align: 'right', cell: (target) => mark(target, formatDuration(target.startupMs)) },
  {
    title: 'CPU/req',
    align: 'right',
    cell: (target) => mark(target, `${formatMs(target.resources.cpuUsPerRequest)} ms`),
  },
  {
    title: 'of limit',
    align: 'right',
    dropOrder: 2,
    cell: (target) => mark(target, formatShare(target.resources.cpuShare)),
  },
  { title: 'peak mem', align: 'right', cell: (target) => formatBytes(target.resources.memoryPeakBytes) },
  {
    title: 'throttled',
    align: 'right',
    dropOrder: 3,
    cell: (target) => mark(target, formatShare(target.resources.throttledShare)),
  },
];
