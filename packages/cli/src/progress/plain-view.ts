import type { StepView } from './step-list.ts';

/** One line for each finished step; for logs, where nothing can be drawn over. */
export function plainView(write: (text: string) => void): StepView {
  return {
    started: () => {},
    running: () => {},
    close: () => {},
    ended: (outcome, title, seconds, detail) =>
      write(`${[outcome, title, seconds, detail].filter(Boolean).join('  ')}\n`),
    warning: (message) => write(`warning: ${message}\n`),
  };
}
