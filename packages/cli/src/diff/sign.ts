import type { Styler } from '../process/styler.ts';

const signs = { added: '+', removed: '-', changed: '~' } as const;
const colors = { '+': 'green', '-': 'red', '~': 'yellow' } as const;

/** What has changed is what people ask for first: it comes before what is new or gone. */
export function changedFirst<T>(items: readonly T[], isChanged: (item: T) => boolean): readonly T[] {
  return [...items.filter(isChanged), ...items.filter((item) => !isChanged(item))];
}

export function sign(kind: keyof typeof signs): string {
  return signs[kind];
}

/** Lines that begin with a sign, in its colour. */
export function paint(lines: readonly string[], style: Styler): string[] {
  return lines.map((line) => {
    const first = line[0] as keyof typeof colors;
    return first in colors ? style(colors[first], line) : line;
  });
}
