import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotable } from './quotable.ts';

describe('quotable', () => {
  it.each([
    ['as it is', 'as it is'],
    ['  two\r\n lines\t', 'two lines'],
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07after', 'after'],
    ['\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['bell\x07, back\b\b\b, null\0', 'bell , back , null'],
    ['\x9b31m8 bit', '8 bit'],
    ['right \u202egnp.exe', 'right gnp.exe'],
    ['line\u2028paragraph\u2029end', 'line paragraph end'],
    ['Grüße, 日本 👍', 'Grüße, 日本 👍'],
  ])('makes %j %j', (text, shown) => {
    expect(quotable(text)).toBe(shown);
  });

  it('is short, and what it costs is bounded', () => {
    expect(quotable('x'.repeat(50_000_000), 80)).toBe(`${'x'.repeat(80)}…`);
  });

  it('never holds what a terminal obeys', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (text, max) => {
          const shown = quotable(`\x1b[${text}\x9b`, max);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(shown.length).toBeLessThanOrEqual(max + 1);
        },
      ),
    );
  });
});
