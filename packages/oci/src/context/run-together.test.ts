import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Context, createContext } from './context.ts';
import { runTogether } from './run-together.ts';

/** A task that goes on until it is told to stop, and then needs a moment to tidy up. */
function untilStopped(log: string[]): (ctx: Context) => Promise<never> {
  return async ({ signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await delay(20);
    log.push(`tidied up after ${signal.reason.message}`);
    throw new Error('stopped');
  };
}

describe('runTogether', () => {
  it('gives the results in the order of the tasks, whichever ends first', async () => {
    const [slow, fast] = await runTogether([async () => delay(20, 'slow'), async () => 7], createContext());
    expect([slow, fast]).toEqual(['slow', 7]);
    expect(await runTogether([], createContext())).toEqual([]);
  });

  it('stops the others when one fails, waits for them, and throws the first failure', async () => {
    const log: string[] = [];
    const fails = async () => {
      await delay(1);
      throw new Error('the first');
    };
    const together = runTogether([untilStopped(log), fails, untilStopped(log)], createContext());
    await expect(together).rejects.toThrow('the first');
    expect(log).toEqual(['tidied up after the first', 'tidied up after the first']);
  });

  it('does so, too, when a task throws before it has returned a promise', async () => {
    const log: string[] = [];
    const throws = (): Promise<void> => {
      throw new Error('at once');
    };
    await expect(runTogether([untilStopped(log), throws], createContext())).rejects.toThrow('at once');
    expect(log).toEqual(['tidied up after at once']);
  });

  it('passes on the abort from outside, and waits', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const ctx = createContext({ signal: controller.signal });
    const together = runTogether([untilStopped(log), untilStopped(log)], ctx);
    controller.abort(new Error('outside'));
    await expect(together).rejects.toThrow('stopped');
    expect(log).toEqual(['tidied up after outside', 'tidied up after outside']);
  });

  it('leaves the signal of the caller alone', async () => {
    const ctx = createContext();
    await expect(runTogether([async () => Promise.reject(new Error('no'))], ctx)).rejects.toThrow('no');
    expect(ctx.signal.aborted).toBe(false);
  });
});
