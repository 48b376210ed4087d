import { describe, expect, it } from 'vitest';
import { liveView } from './live-view.ts';
import { plainView } from './plain-view.ts';
import { StepList } from './step-list.ts';

function screen() {
  const written: string[] = [];
  return { written, write: (text: string) => void written.push(text), all: () => written.join('') };
}

/** What a terminal shows after these bytes: just enough of one for a cursor that goes up and clears below. */
function shown(bytes: string): string[] {
  const lines: string[] = [''];
  let row = 0;
  for (const part of bytes.replaceAll('\x1b', '␛').split(/(␛\[\??\d*[A-Za-z]|\n|\r)/)) {
    const up = /^␛\[(\d+)A$/.exec(part);
    if (part === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (up) row -= Number(up[1]);
    else if (part === '␛[J') lines.splice(row, lines.length, '');
    else if (!part.startsWith('␛') && part !== '\r' && part !== '') lines[row] = (lines[row] ?? '') + part;
  }
  return lines.filter(Boolean);
}

describe('the step list', () => {
  it('is one line for each finished step where nothing can be drawn over', () => {
    const { write, all } = screen();
    let now = 0;
    const list = new StepList(plainView(write), () => now);
    list.receive({ type: 'step.started', id: 'a', title: 'Fetch' });
    list.receive({ type: 'step.started', id: 'b', title: 'Compile' });
    list.receive({ type: 'step.progress', id: 'a', detail: '1 of 2' });
    now = 1234;
    list.receive({ type: 'step.finished', id: 'a', detail: '2 files' });
    list.receive({ type: 'step.failed', id: 'b' });
    list.receive({ type: 'warning', message: 'old mirror' });
    list.close();
    expect(all()).toBe('done  Fetch  1.2 s  2 files\nfailed  Compile  1.2 s\nwarning: old mirror\n');
  });

  it('draws running steps over one another and leaves only finished ones', () => {
    const { write, all } = screen();
    let now = 0;
    const list = new StepList(liveView({ write, columns: () => 60, color: false }), () => now);
    list.receive({ type: 'step.started', id: 'a', title: 'Fetch' });
    list.receive({ type: 'step.started', id: 'b', title: 'Compile' });
    now = 20_000;
    list.receive({ type: 'step.progress', id: 'b', detail: 'half' });
    expect(shown(all())).toEqual([
      expect.stringContaining('Fetch  20 s'),
      expect.stringContaining('Compile  20 s  half'),
    ]);
    list.receive({ type: 'step.finished', id: 'a', detail: undefined });
    for (let frame = 0; frame < 5; frame++) list.refresh();
    expect(shown(all())).toEqual(['✔ Fetch  20 s', expect.stringContaining('Compile  20 s  half')]);
    list.close();
    expect(shown(all())).toEqual(['✔ Fetch  20 s']);
    expect(all().endsWith('\x1b[?25h'), 'the cursor is shown again').toBe(true);
  });

  it('cuts a running line to the width of the terminal, so that it takes one row', () => {
    const { write, all } = screen();
    const list = new StepList(liveView({ write, columns: () => 30, color: false }), () => 0);
    list.receive({ type: 'step.started', id: 'a', title: 'x'.repeat(100) });
    const [line = ''] = shown(all());
    expect(line.length).toBeLessThan(30);
    expect(line).toContain('…');
  });

  it('keeps the figures whole, and shortens the title', () => {
    const { write, all } = screen();
    const list = new StepList(liveView({ write, columns: () => 80, color: false }), () => 0);
    const title = 'Push registry.example.com/a-team-of-many/bookstore:1.2.0-rc.1';
    const detail = '42.2 of 45.7 MB, 3 of 12 blobs';
    list.receive({ type: 'step.started', id: 'a', title });
    list.receive({ type: 'step.progress', id: 'a', detail });
    const [line = ''] = shown(all());
    expect(line).toContain('Push registry.example.com/');
    expect(line.endsWith(`…  0.00 s  ${detail}`), line).toBe(true);
    expect(line.length).toBeLessThan(80);
  });
});
