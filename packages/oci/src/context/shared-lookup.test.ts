import { describe, expect, it } from 'vitest';
import { createContext } from './context.ts';
import { sharedLookup } from './shared-lookup.ts';

const ctx = createContext();

describe('sharedLookup', () => {
  it('looks up once what several ask at a time, and remembers it for the key', async () => {
    const asked: string[] = [];
    const find = sharedLookup({
      keyOf: (question: string) => question.toLowerCase(),
      look: async (question) => asked.push(question),
    });
    expect(await Promise.all([find('a', ctx), find('A', ctx), find('b', ctx)])).toEqual([1, 1, 2]);
    expect(await find('A', ctx)).toBe(1);
    expect(asked).toEqual(['a', 'b']);
  });

  it('looks again when it is not fresh any more, even if what it then finds is stale at once', async () => {
    let looked = 0;
    const look = async () => ++looked;
    const find = sharedLookup({ keyOf: String, look, isFresh: (value) => value !== 1 && value !== 2 });
    expect([await find(0, ctx), await find(0, ctx), await find(0, ctx), await find(0, ctx)]).toEqual([
      1, 2, 3, 3,
    ]);
  });

  it('does not remember failures', async () => {
    let looked = 0;
    const look = async () => {
      looked += 1;
      if (looked === 1) throw new Error('not yet');
      return looked;
    };
    const find = sharedLookup({ keyOf: String, look });
    const both = await Promise.allSettled([find(0, ctx), find(0, ctx)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await find(0, ctx)).toBe(2);
  });

  it('goes on while one of those who wait still does, and stops when none does', async () => {
    const signals: AbortSignal[] = [];
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = (_: number, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return promise;
    };
    const find = sharedLookup({ keyOf: String, look });
    const first = new AbortController();
    const left = find(0, createContext({ signal: first.signal }));
    const stays = find(0, ctx);
    first.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    const joins = find(0, ctx);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);

    const alone = new AbortController();
    const given = find(1, createContext({ signal: alone.signal }));
    alone.abort(new Error('enough of that, too'));
    await expect(given).rejects.toThrow('enough of that, too');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);

    resolve('found');
    expect(await Promise.all([stays, joins])).toEqual(['found', 'found']);
    await expect(find(0, createContext({ signal: first.signal }))).rejects.toThrow('enough');
  });
});
