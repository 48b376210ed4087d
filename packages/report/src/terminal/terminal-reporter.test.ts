import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../run-record/run-record.ts';
import { bookstoreRecord, nativeTarget } from '../testing/bookstore-record.ts';
import { terminalReporter } from './terminal-reporter.ts';

function render(record: RunRecord, width = 100, color = false): string {
  return String(terminalReporter({ width, color }).render(record));
}

const failing = bookstoreRecord({
  targets: [
    nativeTarget('linux/amd64', { failed: { timeout: 60, 'HTTP 500': 31 }, dropped: 12 }),
    nativeTarget('linux/arm64', { slowness: 1.1 }),
  ],
});

const cases = [
  ['emulated-100', bookstoreRecord(), 100],
  ['emulated-80', bookstoreRecord(), 80],
  ['failing-100', failing, 100],
  ['single-100', bookstoreRecord({ targets: [nativeTarget()] }), 100],
] as const;

describe('terminalReporter', () => {
  it.each(cases)('renders %s as before', async (name, record, width) => {
    await expect(render(record, width)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each(cases)('keeps %s within its width and without spaces at line ends', (_, record, width) => {
    const lines = render(record, width).split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines.filter((line) => /\s$/.test(line))).toEqual([]);
  });

  it('says of an emulated target that it is, and marks each of its times', () => {
    const rows = render(bookstoreRecord())
      .split('\n')
      .filter((line) => /^ +linux\/arm64 /.test(line));
    expect(rows[0]).toContain('emulated — functional check only');
    const phases = rows.filter((line) => /\d of \d/.test(line));
    expect(phases).toHaveLength(3);
    for (const row of phases) expect(row.match(/~/g)).toHaveLength(4);
  });

  it('says the same with colour as without', () => {
    const colored = render(bookstoreRecord(), 100, true);
    expect(colored).toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(render(bookstoreRecord()));
  });

  it('obeys no escape sequence from a record', () => {
    const text = render(bookstoreRecord({ project: 'book\u001b[31mstore\r\u202e' }));
    expect(text.split('\n')[0]).toBe('book\ufffd[31mstore\ufffd\ufffd');
  });

  it('renders a run without targets, and a phase without answers', () => {
    expect(render(bookstoreRecord({ targets: [] }))).toContain('No target was measured');
    const silent = nativeTarget('linux/amd64', { failed: { timeout: 3000 } });
    const phases = silent.phases.slice(0, 1);
    expect(render(bookstoreRecord({ targets: [{ ...silent, phases }] }))).toMatch(
      /3,000 +0 of 50 +– +– +– +– +3,000/,
    );
  });
});
