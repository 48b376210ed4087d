import type { Paint } from './paint.ts';

export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Left out when there is no room, the highest first; columns without one always stay. */
  readonly dropOrder?: number;
  cell(row: Row): string;
}

export interface Table {
  readonly lines: readonly string[];
  /** Titles of the columns that there was no room for. */
  readonly dropped: readonly string[];
}

export interface TableOptions<Row> {
  readonly width: number;
  readonly paint: Paint;
  /** Rows whose figures are not to be relied on. */
  isDim(row: Row): boolean;
}

const indent = '  ';
const gap = '  ';

/** Lays rows out under their titles, within the width as far as leaving columns out can do it. */
export function layOutTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions<Row>,
): Table {
  const kept = fitColumns(columns, rows, options.width);
  const widths = kept.map((column) => columnWidth(column, rows));
  const line = (texts: readonly string[]) =>
    (
      indent + texts.map((text, i) => pad(text, widths[i] ?? 0, kept[i]?.align ?? 'left')).join(gap)
    ).trimEnd();
  const { paint } = options;
  const head = paint('dim', line(kept.map((column) => column.title)));
  const body = rows.map((row) => {
    const text = line(kept.map((column) => column.cell(row)));
    return options.isDim(row) ? paint('dim', text) : text;
  });
  return {
    lines: [head, ...body],
    dropped: columns.filter((column) => !kept.includes(column)).map((column) => column.title),
  };
}

function fitColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number) {
  let kept = columns;
  while (tableWidth(kept, rows) > width) {
    const first = Math.max(...kept.map((column) => column.dropOrder ?? 0));
    if (first === 0) break;
    kept = kept.filter((column) => column.dropOrder !== first);
  }
  return kept;
}

function tableWidth<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  return columns.reduce(
    (total, column) => total + gap.length + columnWidth(column, rows),
    indent.length - gap.length,
  );
}

function columnWidth<Row>(column: Column<Row>, rows: readonly Row[]): number {
  return Math.max(column.title.length, ...rows.map((row) => [...column.cell(row)].length));
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - [...text].length));
  return align === 'left' ? text + space : space + text;
}
