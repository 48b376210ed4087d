import pRetry from 'p-retry';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { RetryOptions } from '../registry-options.ts';
import { createHold } from './hold.ts';
import { refusalOf } from './refusal-error.ts';
import { retryAfterMs } from './retry-after.ts';
import { wait } from './wait.ts';

/** Sends again what failed in a way that may pass, and holds everything back while the registry asks for it. */
export interface Patience {
  attempt<T>(work: () => Promise<T>, mayRetry: boolean, registry: string, ctx: Context): Promise<T>;
  /**
   * Waits before the next attempt, for whoever sees to it himself; what the registry asked to wait, that attempt waits.
   * @param failures how many there were in a row
   * @throws the error itself, when there is nothing to wait for any more
   */
  pause(failures: number, error: unknown, registry: string, ctx: Context): Promise<void>;
}

const defaultRetry: RetryOptions = { retries: 5, firstWaitMs: 250, maxWaitMs: 60_000 };

const transientCodes: ReadonlySet<string> = new Set([
  'CATA_REGISTRY_UNREACHABLE',
  'CATA_REGISTRY_BUSY',
  'CATA_REGISTRY_FAILED',
]);

/** What may be gone when it is tried again: a broken connection, 408, 429, 5xx. */
export function isTransient(error: unknown): boolean {
  return error instanceof CatamaranError && transientCodes.has(error.code);
}

/** How long the registry asked to wait, beside the error that it came with. */
const waits = new WeakMap<object, number>();

export function noteRetryAfter(error: Error, header: string | undefined, ctx: Context): void {
  const waitMs = retryAfterMs(header, ctx.clock.now());
  if (waitMs !== undefined) waits.set(error, waitMs);
}

/** A name that is wrong, or a server that is not there, should not take as long to say as one that is overworked: until it has answered something. */
const retriesAtFirst = 2;

/** @param random from 0 up to 1: nobody is to come back at the same moment as everybody else */
export function patience(given: Partial<RetryOptions> = {}, random: () => number = Math.random): Patience {
  const { retries, firstWaitMs, maxWaitMs } = { ...defaultRetry, ...given };
  const hold = createHold(firstWaitMs, random);
  let hasAnswered = false;

  const isWorthAnother = (error: Error, failures: number) =>
    isTransient(error) && (waits.get(error) ?? 0) <= maxWaitMs && (hasAnswered || failures <= retriesAtFirst);

  async function pause(failures: number, error: Error, registry: string, ctx: Context): Promise<void> {
    const asked = waits.get(error);
    const reason = error.message;
    ctx.emit({
      type: 'registry.retried',
      registry,
      reason,
      ...(asked === undefined ? {} : { waitMs: asked }),
    });
    // It is the next request that is held back, whoever sends it.
    if (asked !== undefined) hold.extend(asked, ctx);
    await wait(Math.min(maxWaitMs, firstWaitMs * 2 ** (failures - 1) * (1 + random())), ctx.signal);
  }

  async function attemptOnce<T>(work: () => Promise<T>, ctx: Context): Promise<T> {
    await hold.over(ctx);
    ctx.signal.throwIfAborted();
    try {
      const result = await work();
      hasAnswered = true;
      return result;
    } catch (error) {
      if (refusalOf(error)) hasAnswered = true;
      throw error;
    }
  }

  return {
    async pause(failures, error, registry, ctx) {
      if (failures > retries || !(error instanceof Error) || !isWorthAnother(error, failures)) throw error;
      await pause(failures, error, registry, ctx);
    },
    attempt: (work, mayRetry, registry, ctx) =>
      pRetry(() => attemptOnce(work, ctx), {
        retries: mayRetry ? retries : 0,
        // The waits are our own, with the randomness that was given.
        minTimeout: 0,
        signal: ctx.signal,
        shouldRetry: ({ error, attemptNumber }) => isWorthAnother(error, attemptNumber),
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
          retriesLeft > 0 && isWorthAnother(error, attemptNumber)
            ? pause(attemptNumber, error, registry, ctx)
            : undefined,
      }),
  };
}
