import type { Fix } from '../src/dockerfile/dockerfile-report.ts';

/** A Dockerfile with one line mended, as a person would do it who reads the report. */
export function applyFix(text: string, { line, lines, text: put }: Fix): string {
  const all = text.split(/\r?\n/);
  all.splice(line - 1, lines, ...put.split('\n'));
  return all.join('\n');
}
