import { names } from './names.ts';
import type { Results } from './results.ts';

interface Wanted {
  /** What the ratio says. */
  readonly claim: string;
  /** Of two medians; undefined where one of them was not measured. */
  readonly ratio: number | undefined;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
}

/** The figures that are wanted, each with what was reached, as a list in Markdown. */
export function describeWanted(results: Results): string {
  const unit = results.unit();
  const first = results.median('first', names.catamaran);
  const cross = results.median('first', names.cross);
  const wanted: Wanted[] = [
    {
      claim: 'first, the cross-compiling Dockerfile’s of one platform to catamaran’s of both',
      ratio: quotient(cross, first),
      bound: { atLeast: 8 },
    },
    {
      claim: 'first, the emulated Dockerfile’s of one platform to catamaran’s of both',
      ratio: quotient(results.median('first', names.emulated), first),
      bound: { atLeast: 50 },
    },
    {
      claim: 'one line changed to `node -e 0`',
      ratio: quotient(results.median('one line changed', names.catamaran), unit),
      bound: { atMost: 5 },
    },
    {
      claim: 'no change to `node -e 0`',
      ratio: quotient(results.median('no change', names.catamaran), unit),
      bound: { atMost: 3 },
    },
    {
      claim: 'coldest to the cross-compiling Dockerfile’s first of one platform',
      ratio: quotient(results.median('coldest', names.catamaran), cross),
      bound: { atMost: 1 },
    },
  ];
  return wanted.map(describe).join('\n');
}

function quotient(over: number | undefined, under: number | undefined): number | undefined {
  return over === undefined || under === undefined ? undefined : over / under;
}

function describe({ claim, ratio, bound }: Wanted): string {
  const wish = 'atLeast' in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
  if (ratio === undefined) return `- not measured: ${claim} (wanted: ${wish})`;
  const isReached = 'atLeast' in bound ? ratio >= bound.atLeast : ratio <= bound.atMost;
  return `- ${isReached ? 'reached' : '**missed**'}: ${claim}, ${ratio.toFixed(2)} (wanted: ${wish})`;
}
