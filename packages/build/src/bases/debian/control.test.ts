import { expect, test } from 'vitest';
import { parseParagraphs } from './control.ts';

test('paragraphs with continuation lines, comments and fields in any case', () => {
  const text = `
# a comment
Package: one
DESCRIPTION:  first line
 second line
 .
 third: line
# between
Url: http://x:80/

Package: two
Empty:
\t
Package:three
no field
`;
  expect(parseParagraphs(text)).toEqual([
    { package: 'one', description: 'first line\nsecond line\n.\nthird: line', url: 'http://x:80/' },
    { package: 'two', empty: '' },
    { package: 'three' },
  ]);
});

test('nothing', () => {
  expect(parseParagraphs('')).toEqual([]);
  expect(parseParagraphs('\n \n\n')).toEqual([]);
});
