import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hang, wrap } from './wrap.ts';

it('keeps a number and its unit on one line', () => {
  expect(wrap('it took 12.5 ms', 13)).toEqual(['it took', '12.5 ms']);
  expect(wrap('the p99 0.5 %', 9)).toEqual(['the p99', '0.5 %']);
});

it('indents what hangs below a label', () => {
  expect(hang('- ', 'one two three', 9)).toEqual(['- one two', '  three']);
});

it('loses no word and exceeds no width that the words fit in', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 });
  const property = fc.property(fc.array(word), fc.integer({ min: 8, max: 40 }), (words, width) => {
    const lines = wrap(words.join(' '), width);
    expect(lines.join(' ')).toBe(words.join(' '));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });
  fc.assert(property);
});
