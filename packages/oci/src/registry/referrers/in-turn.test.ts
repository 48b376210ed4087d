import { describe, expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

const { signal } = new AbortController();

describe('work on the same', () => {
  it('begins when what was begun before has ended, well or not', async () => {
    const owner = {};
    const seen: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = inTurn(
      owner,
      'a',
      async () => {
        await gate.promise;
        seen.push('first ends');
        throw new Error('first');
      },
      signal,
    );
    const second = inTurn(owner, 'a', async () => seen.push('second begins'), signal);
    await inTurn(owner, 'b', async () => seen.push('something else'), signal);
    await inTurn({}, 'a', async () => seen.push('somebody else'), signal);
    gate.resolve();
    await expect(first).rejects.toThrow('first');
    await second;
    expect(seen).toEqual(['something else', 'somebody else', 'first ends', 'second begins']);
  });

  it('is not begun by who gave up waiting, and goes on in turn after that', async () => {
    const owner = {};
    const seen: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = inTurn(owner, 'a', () => gate.promise.then(() => seen.push('first ends')), signal);
    const stopped = new AbortController();
    const second = inTurn(owner, 'a', async () => seen.push('never'), stopped.signal);
    const third = inTurn(owner, 'a', async () => seen.push('third'), signal);
    stopped.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(seen).toEqual([]);
    gate.resolve();
    await Promise.all([first, third]);
    expect(seen).toEqual(['first ends', 'third']);
  });
});
