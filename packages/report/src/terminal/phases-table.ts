import { formatCount, formatMs, formatRate } from '../format/figures.ts';
import { countFailed } from '../phrases/failures.ts';
import type { PhaseRow } from '../phrases/phase-rows.ts';
import { restsOnFew } from '../phrases/support.ts';
import type { PhaseResult } from '../run-record/phase-result.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { printable } from './paint.ts';
import { type Column, layOutTable, type Table, type TableOptions } from './table.ts';
import { emulatedMark } from './targets-table.ts';

export function phasesTable(
  rows: readonly PhaseRow[],
  options: Omit<TableOptions<PhaseRow>, 'isDim'>,
): Table {
  return layOutTable(columns, rows, { ...options, isDim: (row) => row.target.emulated });
}

/** Marks a percentile that rests on few responses. */
export const fewMark = '*';

const longestName = 24;

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

function percentile(title: string, at: number, read: (phase: PhaseResult) => number): Column<PhaseRow> {
  return { title, align: 'right', cell: ({ target, phase }) => time(target, phase, read(phase), at) };
}

/** Right-aligned figures keep their place: what is not marked has a space where the mark would be. */
function time(target: TargetRecord, phase: PhaseResult, us: number, at: number): string {
  if (phase.responseTime.count === 0) return '– ';
  if (target.emulated) return `${emulatedMark}${formatMs(us)} `;
  return `${formatMs(us)}${restsOnFew(phase.responseTime.count, at) ? fewMark : ' '}`;
}

const columns: readonly Column<PhaseRow>[] = [
  {
    title: 'phase',
    align: 'left',
    cell: ({ phase, isFirst }) => (isFirst ? shorten(printable(phase.name)) : ''),
  },
  { title: 'target', align: 'left', cell: ({ target }) => printable(target.platform) },
  { title: 'requests', align: 'right', cell: ({ phase }) => formatCount(phase.sent) },
  {
    title: 'rate/s',
    align: 'right',
    dropOrder: 1,
    cell: ({ phase }) => `${formatRate(phase.achievedRatePerSecond)} of ${formatRate(phase.ratePerSecond)}`,
  },
  percentile('p50 ', 50, (phase) => phase.responseTime.p50Us),
  percentile('p95 ', 95, (phase) => phase.responseTime.p95Us),
  percentile('p99 ', 99, (phase) => phase.responseTime.p99Us),
  {
    title: 'max',
    align: 'right',
    cell: ({ target, phase }) => time(target, phase, phase.responseTime.maxUs, 0).trimEnd(),
  },
  { title: 'errors', align: 'right', cell: ({ phase }) => formatCount(countFailed(phase)) },
];
