import { styler } from '../process/styler.ts';
import { fitLine } from './fit-line.ts';
import type { RunningLine, StepView } from './step-list.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const marks = { done: ['green', '✔'], failed: ['red', '✖'], stopped: ['dim', '–'] } as const;
const clearBelow = '\x1b[J';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';

export interface LiveTerminal {
  write(text: string): void;
  readonly columns: () => number;
  readonly color: boolean;
}

/**
 * Finished steps stay, running ones are drawn over below them. It reads no keys, so Ctrl-C stays a signal and
 * what runs is cleaned up; libraries that read the keyboard end the process themselves (docs/adr/0003).
 */
export function liveView(terminal: LiveTerminal): StepView {
  let drawnLines = 0;
  let frame = 0;
  const style = styler(terminal.color);
  const up = () => (drawnLines > 0 ? `\x1b[${drawnLines}A` : '');
  // The frame and a space come before, and the last column stays free: a line of two rows is not drawn over.
  const fit = (line: RunningLine) => fitLine(line, Math.max(20, terminal.columns() - 3));
  const replaceRunning = (text: string, lines: readonly RunningLine[]) => {
    const drawn = lines.map((line) => `${style('cyan', frames[frame % frames.length] ?? '')} ${fit(line)}\n`);
    const cursor = lines.length === 0 ? showCursor : hideCursor;
    terminal.write(`${cursor}${up()}\r${clearBelow}${text}${drawn.join('')}`);
    drawnLines = lines.length;
  };
  return {
    started: () => {},
    running: (lines) => {
      // While nothing runs, the terminal is somebody else's.
      if (lines.length === 0 && drawnLines === 0) return;
      frame += 1;
      replaceRunning('', lines);
    },
    ended: (outcome, title, seconds, detail) => {
      const [colour, sign] = marks[outcome];
      const mark = style(colour, sign);
      replaceRunning(`${mark} ${title}  ${style('dim', [seconds, detail].filter(Boolean).join('  '))}\n`, []);
    },
    warning: (message) => replaceRunning(`${style('yellow', '!')} ${message}\n`, []),
    close: () => terminal.write(`${up()}\r${clearBelow}${showCursor}`),
  };
}
