import { formatInstant } from '../format/figures.ts';
import { describeFailures } from '../phrases/failures.ts';
import { describeGenerator } from '../phrases/generator-phrases.ts';
import { type PhaseRow, phaseRows } from '../phrases/phase-rows.ts';
import { describeLimits, describeMachine, elapsed, listPlatforms } from '../phrases/run-phrases.ts';
import { neededBeyond } from '../phrases/support.ts';
import type { Reporter } from '../reporter.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { createPaint, type Paint, printable } from './paint.ts';
import { fewMark, phasesTable } from './phases-table.ts';
import { emulatedMark, targetsTable } from './targets-table.ts';
import { verdictSection } from './verdict-section.ts';
import { hang } from './wrap.ts';

export interface TerminalOptions {
  /** Columns of the terminal; 80 and more give a full report. */
  readonly width: number;
  readonly color: boolean;
}

/** The report as plain text for a terminal. */
export function terminalReporter(options: TerminalOptions): Reporter {
  const paint = createPaint(options.color);
  return {
    render: (record) =>
      `${sections(record, options.width, paint)
        .filter((section) => section.length > 0)
        .map((section) => section.join('\n'))
        .join('\n\n')}\n`,
  };
}

function sections(record: RunRecord, width: number, paint: Paint): string[][] {
  const rows = phaseRows(record);
  const targets = targetsTable(record.targets, { width, paint });
  const phases = phasesTable(rows, { width, paint });
  return [
    heading(record, width, paint),
    [paint('bold', 'Targets'), ...targets.lines],
    [paint('bold', 'Response time in ms, from the intended send time to the last byte'), ...phases.lines],
    notes(phases.lines.join('\n'), record, [...targets.dropped, ...phases.dropped], width).map((line) =>
      paint('dim', line),
    ),
    failures(rows, width, paint),
    generators(record, width, paint),
    verdictSection(record, width, paint),
  ];
}

function heading(record: RunRecord, width: number, paint: Paint): string[] {
  const what = `${listPlatforms(record)}, each with ${describeLimits(record)}`;
  const how = `${formatInstant(record.startedAt)}, ${elapsed(record)}, on ${describeMachine(record)}`;
  return [
    ...hang('', printable(record.project), width).map((line) => paint('bold', line)),
    ...hang('', printable(what), width),
    ...hang('', printable(how), width),
  ];
}

function notes(table: string, record: RunRecord, dropped: readonly string[], width: number): string[] {
  const texts = [
    record.targets.some((target) => target.emulated) &&
      `${emulatedMark} under emulation: the emulator's speed, not a processor's. Compare it with nothing.`,
    table.includes(fewMark) &&
      `${fewMark} fewer than ${neededBeyond} responses were slower: another run will give another figure.`,
    dropped.length > 0 && `No room at ${width} columns for: ${dropped.join(', ')}.`,
  ];
  return texts.flatMap((text) => (text ? hang('  ', text, width) : []));
}

function failures(rows: readonly PhaseRow[], width: number, paint: Paint): string[] {
  const lines = rows.flatMap(({ target, phase }) => {
    const text = describeFailures(phase);
    return text ? hang('  ', printable(`${target.platform}, ${phase.name}: ${text}`), width) : [];
  });
  return lines.length > 0 ? [paint(['bold', 'red'], 'Failures'), ...lines] : [];
}

function generators(record: RunRecord, width: number, paint: Paint): string[] {
  const lines = record.targets.flatMap((target) =>
    hang(`  ${printable(target.platform)}  `, describeGenerator(target), width),
  );
  return lines.length > 0 ? [paint('bold', 'Load generator'), ...lines] : [];
}
