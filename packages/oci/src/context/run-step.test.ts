import { describe, expect, it } from 'vitest';
import { createContext } from './context.ts';
import type { Event } from './event.ts';
import { runStep } from './run-step.ts';

function recorder(signal = new AbortController().signal) {
  const events: Event[] = [];
  return { events, ctx: createContext({ signal, emit: (event) => events.push(event) }) };
}

describe('runStep', () => {
  it('tells when it starts, how far it is and how it ended, and gives the result', async () => {
    const { events, ctx } = recorder();
    const result = await runStep('a', 'Doing a', ctx, async (step) => {
      step.conclude('2 of 2');
      step.progress('1 of 2');
      return 42;
    });
    expect(result).toBe(42);
    expect(events).toEqual([
      { type: 'step.started', id: 'a', title: 'Doing a' },
      { type: 'step.progress', id: 'a', detail: '1 of 2' },
      { type: 'step.finished', id: 'a', detail: '2 of 2' },
    ]);
  });

  it.each([
    ['rejects', async () => Promise.reject(new Error('no'))],
    [
      'throws',
      (): Promise<void> => {
        throw new Error('no');
      },
    ],
  ])('tells that it failed when the work %s, and passes the error on', async (_, work) => {
    const { events, ctx } = recorder();
    await expect(runStep('a', 'Doing a', ctx, work)).rejects.toThrow('no');
    expect(events.map(({ type }) => type)).toEqual(['step.started', 'step.failed']);
  });

  it('does not begin when it is to stop already', async () => {
    const { events, ctx } = recorder(AbortSignal.abort(new Error('stop')));
    let begun = false;
    const step = runStep('a', 'Doing a', ctx, async () => {
      begun = true;
    });
    await expect(step).rejects.toThrow('stop');
    expect({ begun, events }).toEqual({ begun: false, events: [] });
  });
});
