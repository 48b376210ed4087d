import type { PackageChange } from '@catamaran/check/look';
import { headed } from '../inspect/image-text.ts';
import { section } from '../inspect/index-text.ts';
import { boundedLines } from '../output/bounded-lines.ts';
import { printable } from '../output/printable.ts';
import type { Styler } from '../process/styler.ts';
import { changedFirst, paint, sign } from './sign.ts';

/** Packages, each old → new. */
export function packageLines(
  changes: readonly PackageChange[],
  all: boolean,
  style: Styler,
): readonly string[] {
  const ordered = changedFirst(changes, ({ before, after }) => before.length > 0 && after.length > 0);
  const rows = ordered.map(({ kind, name, before, after }) => {
    const [old, now] = [before, after].map((versions) => versions.map(printable).join(', '));
    const change = before.length === 0 ? 'added' : after.length === 0 ? 'removed' : 'changed';
    return [sign(change), kind, printable(name), change === 'changed' ? `${old} → ${now}` : `${old}${now}`];
  });
  return section(paint(boundedLines(headed(['', 'packages', '', ''], rows, [], style), all), style));
}
