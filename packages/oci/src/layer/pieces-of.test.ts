import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { piecesOf } from './pieces-of.ts';

const text = (piece: Uint8Array) => Buffer.from(piece).toString();

describe('piecesOf', () => {
  it('gives pieces as they came, however slow the reader is', async () => {
    const stream = new PassThrough();
    for (const piece of ['one', 'two', 'three']) stream.write(piece);
    stream.end();
    const seen: string[] = [];
    for await (const piece of piecesOf(stream, 1024)) {
      await sleep(5);
      seen.push(text(piece));
    }
    expect(seen).toEqual(['one', 'two', 'three']);
  });

  it('makes the stream wait while enough has not been asked for', async () => {
    const stream = new PassThrough({ highWaterMark: 8 });
    let written = 0;
    const writing = (async () => {
      for (; written < 100; written++) {
        if (!stream.write('12345678')) await new Promise((resolve) => stream.once('drain', resolve));
      }
      stream.end();
    })();
    const pieces = piecesOf(stream, 32)[Symbol.asyncIterator]();
    await pieces.next();
    await sleep(20);
    expect(written).toBeLessThan(10);
    let count = 1;
    while (!(await pieces.next()).done) count++;
    await writing;
    expect(count).toBe(100);
  });

  it('gives what came before a failure, and then the failure', async () => {
    const stream = new PassThrough();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const piece of piecesOf(stream, 1024)) seen.push(text(piece));
    })();
    stream.write('some');
    await sleep(5);
    stream.destroy(new Error('cut short'));
    await expect(reading).rejects.toThrow('cut short');
    expect(seen).toEqual(['some']);
  });

  it('lets the event loop turn between pieces, so that whoever makes them goes on', async () => {
    const stream = new PassThrough();
    for (const piece of ['one', 'two', 'three']) stream.write(piece);
    stream.end();
    const order: string[] = [];
    setImmediate(() => order.push('turn'));
    for await (const piece of piecesOf(stream, 1024)) order.push(text(piece));
    expect(order.indexOf('turn')).toBeLessThan(order.indexOf('three'));
  });
});
