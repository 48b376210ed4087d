import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { unlessAborted } from './unless-aborted.ts';

it.each([
  ['fulfilled', () => Promise.resolve('done')],
  ['rejected', () => Promise.reject(new Error('broken'))],
])('nobody listens to the signal any more when the promise is %s', async (status, begin) => {
  const { signal } = new AbortController();
  const waiting = unlessAborted<string>(begin(), signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  const [settled] = await Promise.allSettled([waiting]);
  expect(settled?.status).toBe(status);
  await expect.poll(() => getEventListeners(signal, 'abort')).toHaveLength(0);
});

it.each(['before', 'meanwhile'])(
  'it is left with the reason of a signal that was aborted %s',
  async (when) => {
    const stop = new AbortController();
    if (when === 'before') stop.abort('enough');
    const waiting = unlessAborted(new Promise(() => {}), stop.signal);
    stop.abort('enough');
    await expect(waiting).rejects.toBe('enough');
  },
);
