import { describe, expect, it } from 'vitest';
import { logTail } from './log-tail.ts';

describe('logTail', () => {
  it('puts lines together from pieces, each stream on its own', () => {
    const tail = logTail();
    const [out, err] = [tail.writer(), tail.writer()];
    out(Buffer.from('half a '));
    err(Buffer.from('wrong\n'));
    out(Buffer.from('line\r\nlast'));
    expect(tail.lines()).toEqual(['wrong', 'half a line', 'last']);
  });

  it('does not break a character that is cut in two', () => {
    const tail = logTail();
    const write = tail.writer();
    const bytes = Buffer.from('é\n');
    write(bytes.subarray(0, 1));
    write(bytes.subarray(1));
    expect(tail.lines()).toEqual(['é']);
  });

  it('keeps 200 lines of at most 4096 characters, however much is written', () => {
    const tail = logTail();
    const write = tail.writer();
    for (let n = 1; n <= 1000; n++) write(Buffer.from(`${n}\n`));
    for (let n = 0; n < 1000; n++) write(Buffer.from('x'.repeat(1000)));
    expect(tail.lines()).toHaveLength(200);
    expect(tail.lines().at(-2)).toBe('1000');
    expect(tail.lines().at(-1)).toHaveLength(4096);
  });
});
