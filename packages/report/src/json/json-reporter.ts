import type { Reporter } from '../reporter.ts';

/** The record itself, indented, with a line break at its end. */
export function jsonReporter(): Reporter {
  return { render: (record) => `${JSON.stringify(record, null, 2)}\n` };
}
