import { expect, it } from 'vitest';
import { printable } from './printable.ts';

it.each([
  ['RUN a \\\n  && b', 'RUN a \\ && b'],
  ['\x1b[2Jgone', '\ufffd[2Jgone'],
  ['a\u202eb', 'a\ufffdb'],
  ['Ünïcode ✓', 'Ünïcode ✓'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
