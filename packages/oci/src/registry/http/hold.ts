import type { Context } from '../../context/context.ts';
import { wait } from './wait.ts';

/** Holds all requests to one registry back while it asks for it: one 429 is meant for everybody. */
export interface Hold {
  /** For so long from now, unless it is held for longer already. */
  extend(waitMs: number, ctx: Context): void;
  /** Returns when nothing is held back any more, and each caller at another moment, so that not all begin at once. */
  over(ctx: Context): Promise<void>;
}

/** @param spreadMs within which those who were held back begin */
export function createHold(spreadMs: number, random: () => number): Hold {
  /** By the monotonic clock. */
  let endMs = Number.NEGATIVE_INFINITY;
  return {
    extend(waitMs, ctx) {
      endMs = Math.max(endMs, monotonicMs(ctx) + waitMs);
    },
    async over(ctx) {
      let nowMs = monotonicMs(ctx);
      while (endMs > nowMs) {
        const untilMs = endMs;
        await wait(untilMs - nowMs + random() * spreadMs, ctx.signal);
        // As far as has been waited, should the clock stand still.
        nowMs = Math.max(untilMs, monotonicMs(ctx));
      }
    },
  };
}

function monotonicMs({ clock }: Context): number {
  return Number(clock.monotonicNs()) / 1e6;
}
