import { expect, it } from 'vitest';
import { hasTools, runTool } from '../testing/tools.ts';
import { readNumber, writeNumber } from './header-number.ts';
import { tarHeader } from './tar-header.ts';

const written = (value: number, width: number) => {
  const block = Buffer.alloc(width + 2, 'x');
  writeNumber(block, value, 1, width);
  expect([block.at(0), block.at(-1)]).toEqual([120, 120]);
  return block;
};

it.each([0, 1, 0o777, 8 * 1024 ** 3 - 1, 8 * 1024 ** 3, 5 * 1024 ** 4])(
  'reads %d as it was written',
  (value) => {
    expect(readNumber(written(value, 12), 1, 12)).toBe(value);
  },
);

it('writes octal digits as long as they are enough', () => {
  expect(written(0o644, 8).toString('latin1', 1, 9)).toBe('0000644\0');
  expect(written(8 * 1024 ** 3 - 1, 12).toString('latin1', 1, 13)).toBe('77777777777\0');
  expect(written(8 * 1024 ** 3, 12).toString('hex', 1, 13)).toBe('800000000000000200000000');
});

it.each([
  ['digits after blanks', '  644 \0', 0o644],
  ['nothing', '\0\0\0\0\0\0\0', 0],
  ['letters', 'abcdefg', undefined],
  ['a sign', '-000001', undefined],
  ['a negative number', '\xff\xff\xff\xff\xff\xff\xff', undefined],
  ['a number beyond all files', '\x80\x01\0\0\0\0\0\0', undefined],
])('reads %s', (_, text, value) => {
  const field = Buffer.from(text, 'latin1');
  expect(readNumber(field, 0, field.byteLength)).toBe(value);
});

it.skipIf(!hasTools('tar'))('gives a file of 9 GiB a header that others read', () => {
  const sizeBytes = 9 * 1024 ** 3;
  const header = Buffer.concat([...tarHeader({ type: 'file', path: 'large', mode: 0o644, sizeBytes }, 0)]);
  expect(header).toHaveLength(512);
  // Nothing follows, which tar complains of when it has shown the entry.
  const shell = ['-c', 'tar -tvf - 2>/dev/null || true'];
  expect(runTool('sh', shell, { input: header }).toString()).toContain(` ${sizeBytes} `);
});
