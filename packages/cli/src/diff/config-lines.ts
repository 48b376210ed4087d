import type { ConfigChange } from '@catamaran/check/look';
import { headed } from '../inspect/image-text.ts';
import { section } from '../inspect/index-text.ts';
import { boundedLines } from '../output/bounded-lines.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { paint, sign } from './sign.ts';

/** Longer ones are cut; --json has them in full. */
const longestValue = 60;

/** Fields of the configuration, each old → new. */
export function configLines(
  changes: readonly ConfigChange[],
  all: boolean,
  style: Styler,
): readonly string[] {
  const rows = changes.map(({ field, name, before, after }) => {
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    const title = name === undefined ? field : `${field} ${printable(name)}`;
    const only = after ?? before ?? '';
    const value =
      kind === 'changed' ? `${shown(before, all)} → ${shown(after, all)}` : only && shown(only, all);
    return [sign(kind), title, value];
  });
  return section(paint(boundedLines(headed(['', 'config', ''], rows, [], style), all), style));
}

function shown(value = '', all: boolean): string {
  const text = printable(value);
  if (text === '') return '""';
  return all || text.length <= longestValue ? text : `${text.slice(0, longestValue - 1)}…`;
}
