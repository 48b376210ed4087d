import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexNames } from './index-names.ts';

const text = (names: readonly string[]) =>
  names
    .map((name, at) => `Package: ${name}\nVersion: ${at}\nDescription: a Package: b\n Package: ${name}x\n`)
    .join('\n');
/** The paragraphs that a file has of each name, by reading all of it. */
const read = (file: string, name: string) =>
  [...file.matchAll(/^Package: (.*)$/gm)].filter(([, found]) => found === name).map(({ index }) => index);

describe('indexNames', () => {
  const names = fc.array(fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{0,6}$/), { maxLength: 40 });

  it('finds every paragraph of a name, and no other', () => {
    fc.assert(
      fc.property(names, fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{0,6}$/), (present, other) => {
        const file = text(present);
        const index = indexNames(Buffer.from(file));
        for (const name of [...present, other, `${other}x`, ''])
          expect(index(name)).toEqual(read(file, name));
      }),
    );
  });

  it('finds none in an empty file, nor in one that is cut off in a name', () => {
    expect(indexNames(Buffer.from(''))('a')).toEqual([]);
    expect(indexNames(Buffer.from('Package: a'))('a')).toEqual([]);
  });

  it('reads a part of a larger buffer as what it is', () => {
    const whole = Buffer.from(`junk\nPackage: b\n${text(['a', 'b'])}`);
    const part = whole.subarray(whole.indexOf('Package: a'));
    expect(indexNames(part)('b')).toEqual([part.indexOf('\nPackage: b\n') + 1]);
  });
});
