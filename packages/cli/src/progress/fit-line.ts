import type { RunningLine } from './step-list.ts';

/**
 * A running step on one row: of a title that is too long the end goes first, for the figures are what changes and is
 * watched. A quarter of the row is the title's in any case, or nobody would know whose figures they are.
 * @param room columns
 */
export function fitLine({ title, figures }: RunningLine, room: number): string {
  const titleRoom = Math.max(room - figures.length - gap.length, Math.floor(room / 4));
  return cut(`${cut(title, titleRoom)}${gap}${figures}`, room);
}

const gap = '  ';

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
