import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createContext } from '../../context/context.ts';
import type { Event } from '../../context/event.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { registryErrors } from '../errors.ts';
import { noteRetryAfter, patience } from './patience.ts';

const options = { retries: 3, firstWaitMs: 1, maxWaitMs: 100 };
const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

function listening(signal?: AbortSignal) {
  const waits: (number | undefined)[] = [];
  const clock = { now: () => nowMs, monotonicNs: () => 0n };
  const emit = (event: Event) => void (event.type === 'registry.retried' && waits.push(event.waitMs));
  return { ctx: createContext({ clock, emit, ...(signal ? { signal } : {}) }), waits };
}

function busy(): CatamaranError {
  return registryErrors.CATA_REGISTRY_BUSY({ registry: 'r', method: 'GET', path: '/v2/', answer: '429' });
}

/** Work that fails so often, each time with this Retry-After. */
function failing(times: number, retryAfter: string | undefined) {
  const ctx = listening().ctx;
  let attempts = 0;
  return {
    get attempts() {
      return attempts;
    },
    work: async () => {
      attempts += 1;
      if (attempts > times) return 'done';
      const error = busy();
      noteRetryAfter(error, retryAfter, ctx);
      throw error;
    },
  };
}

describe('patience', () => {
  it.each([
    ['seconds', '0', 0],
    ['a date that has passed', 'Fri, 02 Jan 2026 03:04:05 GMT', 0],
    ['nothing', undefined, undefined],
    ['what cannot be read', 'soon', undefined],
  ])('waits for as long as it is asked to: %s', async (_, header, waitMs) => {
    const { ctx, waits } = listening();
    const { work } = failing(2, header);
    expect(await patience(options).attempt(work, true, 'r', ctx)).toBe('done');
    expect(waits).toEqual([waitMs, waitMs]);
  });

  it.each([['1'], ['999999999'], ['Fri, 02 Jan 2026 03:05:05 GMT'], ['Fri, 31 Dec 9999 23:59:59 GMT']])(
    'does not wait for %s, which is longer than it bears: the error comes at once',
    async (header) => {
      const { ctx, waits } = listening();
      const work = failing(9, header);
      await expect(patience(options).attempt(work.work, true, 'r', ctx)).rejects.toHaveProperty(
        'code',
        'CATA_REGISTRY_BUSY',
      );
      expect(work.attempts).toBe(1);
      expect(waits).toEqual([]);
    },
  );

  it('tries no more often than it should, and twice at first', async () => {
    const patient = patience(options);
    const first = failing(99, undefined);
    await expect(patient.attempt(first.work, true, 'r', listening().ctx)).rejects.toThrow(CatamaranError);
    expect(first.attempts).toBe(3);
    await patient.attempt(async () => 'an answer', true, 'r', listening().ctx);
    const later = failing(99, undefined);
    await expect(patient.attempt(later.work, true, 'r', listening().ctx)).rejects.toThrow(CatamaranError);
    expect(later.attempts).toBe(4);
    const once = failing(99, undefined);
    await expect(patient.attempt(once.work, false, 'r', listening().ctx)).rejects.toThrow(CatamaranError);
    expect(once.attempts).toBe(1);
  });

  it('has none for what does not pass', async () => {
    const { ctx, waits } = listening();
    const wrong = [
      new Error('a defect'),
      new TypeError('another'),
      registryErrors.CATA_REGISTRY_DENIED({ registry: 'r', method: 'GET', path: '/', answer: '' }),
    ];
    for (const error of wrong) {
      await expect(patience(options).attempt(() => Promise.reject(error), true, 'r', ctx)).rejects.toBe(
        error,
      );
    }
    expect(waits).toEqual([]);
  });

  it.each([
    ['an error', new Error('Ctrl-C')],
    ['a text', 'stop'],
  ])('ends at once when it is told to stop, with the reason: %s', async (_, reason) => {
    const patient = patience({ ...options, maxWaitMs: 60_000 });
    const stop = new AbortController();
    const { ctx } = listening(stop.signal);
    const { work } = failing(9, '60');
    const waiting = patient.attempt(work, true, 'r', ctx).catch((error: unknown) => error);
    const leaving = new AbortController();
    await new Promise((resolve) => setTimeout(resolve, 10));
    // One who is only held back may leave as well, while the first one waits.
    const held = patient
      .attempt(async () => 1, true, 'r', listening(leaving.signal).ctx)
      .catch((error: unknown) => error);
    leaving.abort(reason);
    expect(await held).toBe(reason);
    const error = busy();
    noteRetryAfter(error, '60', ctx);
    const paused = patient.pause(1, error, 'r', ctx).catch((caught: unknown) => caught);
    stop.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await paused).toBe(reason);
  });
});

/** Nothing waits here but by this clock. */
describe('patience, by the clock', () => {
  const setUp = (random: () => number = () => 0) => {
    vi.useFakeTimers({ now: nowMs });
    onTestFinished(() => void vi.useRealTimers());
    const patient = patience({ retries: 3, firstWaitMs: 100, maxWaitMs: 10_000 }, random);
    const sent: string[] = [];
    const ctx = createContext();
    /** Sends it at once, and again when it was refused with this Retry-After. */
    const send = (name: string, retryAfter?: string) => {
      let isRefused = retryAfter !== undefined;
      const work = async () => {
        sent.push(`${name} ${Date.now() - nowMs}`);
        if (!isRefused) return;
        isRefused = false;
        const error = busy();
        noteRetryAfter(error, retryAfter, ctx);
        throw error;
      };
      return patient.attempt(work, true, 'r', ctx);
    };
    return { send, sent };
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it.each(['1', 'Fri, 02 Jan 2026 03:04:06 GMT'])('waits for a second when it is told %s', async (header) => {
    const { send, sent } = setUp();
    const sending = send('a', header);
    await pass(999);
    expect(sent).toEqual(['a 0']);
    await pass(1);
    expect(sent).toEqual(['a 0', 'a 1000']);
    await sending;
  });

  it('holds everybody back until the latest of the ends that it was told', async () => {
    const { send, sent } = setUp();
    const sending = [send('a', '4'), send('b', '1'), send('c', '0')];
    await pass(2000);
    sending.push(send('d'));
    await pass(1999);
    expect(sent).toEqual(['a 0', 'b 0', 'c 0']);
    await pass(1);
    expect(sent.slice(3).toSorted()).toEqual(['a 4000', 'b 4000', 'c 4000', 'd 4000']);
    await Promise.all(sending);
    await send('e');
    expect(sent.at(-1)).toBe('e 4000');
  });

  it('lets those who were held back begin one after the other', async () => {
    let draw = 0;
    const { send, sent } = setUp(() => (draw++ % 4) / 4);
    const sending = [send('a', '1')];
    await pass(500);
    sending.push(...['b', 'c', 'd'].map((name) => send(name)));
    await pass(2000);
    await Promise.all(sending);
    const moments = new Set(sent.slice(1).map((text) => Number(text.split(' ')[1])));
    expect(moments.size).toBeGreaterThan(1);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(1000);
  });
});
