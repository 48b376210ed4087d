import { grouped } from './format-count.ts';

/** As many as are read; who wants more asks for all. */
const mostLines = 20;

/** A table with its head, and how much of it is left out. */
export function boundedLines(
  [head, ...lines]: readonly string[],
  all: boolean,
  most: number = mostLines,
): string[] {
  if (head === undefined) return [];
  if (all || lines.length <= most + 1) return [head, ...lines];
  return [head, ...lines.slice(0, most), `… and ${grouped(lines.length - most)} more (--all)`];
}
