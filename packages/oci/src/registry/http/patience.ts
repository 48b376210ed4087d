import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Context } from '../../context/context.ts';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { unlessAborted } from '../credentials/unless-aborted.ts';
import type { RetryOptions } from '../registry-options.ts';
import { refusalOf } from './refusal-error.ts';
import { retryAfterMs } from './retry-after.ts';

/** Sends again what failed in a way that may pass, and holds everything back while the registry asks for it. */
export interface Patience {
  attempt<T>(work: () => Promise<T>, mayRetry: boolean, registry: string, ctx: Context): Promise<T>;
  /**
   * Waits before the next attempt, for whoever sees to it himself.
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

export function patience(given: Partial<RetryOptions> = {}): Patience {
  const { retries, firstWaitMs, maxWaitMs } = { ...defaultRetry, ...given };
  /** One 429 is meant for all that is sent to this registry. */
  let heldBack: Promise<unknown> | undefined;
  let hasAnswered = false;

  async function note(error: Error, registry: string, ctx: Context): Promise<void> {
    const waitMs = waits.get(error);
    const reason = error.message;
    ctx.emit({ type: 'registry.retried', registry, reason, ...(waitMs === undefined ? {} : { waitMs }) });
    if (waitMs === undefined || waitMs === 0) return;
    const wait = delay(waitMs, undefined, { signal: ctx.signal }).catch(() => {});
    heldBack = wait;
    await wait;
    if (heldBack === wait) heldBack = undefined;
  }

  const isWorthAnother = (error: Error, failures: number) =>
    isTransient(error) && (waits.get(error) ?? 0) <= maxWaitMs && (hasAnswered || failures <= retriesAtFirst);

  return {
    async pause(failures, error, registry, ctx) {
      if (failures > retries || !(error instanceof Error) || !isWorthAnother(error, failures)) throw error;
      await note(error, registry, ctx);
      const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** (failures - 1) * (1 + Math.random()));
      await delay(waitMs, undefined, { signal: ctx.signal }).catch(() => ctx.signal.throwIfAborted());
    },
    attempt: (work, mayRetry, registry, ctx) =>
      pRetry(
        async () => {
          if (heldBack) await unlessAborted(heldBack, ctx.signal);
          ctx.signal.throwIfAborted();
          try {
            const result = await work();
            hasAnswered = true;
            return result;
          } catch (error) {
            if (refusalOf(error)) hasAnswered = true;
            throw error;
          }
        },
        {
          retries: mayRetry ? retries : 0,
          minTimeout: firstWaitMs,
          maxTimeout: maxWaitMs,
          randomize: true,
          signal: ctx.signal,
          shouldRetry: ({ error, attemptNumber }) => isWorthAnother(error, attemptNumber),
          onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
            retriesLeft > 0 && isWorthAnother(error, attemptNumber) ? note(error, registry, ctx) : undefined,
        },
      ),
  };
}
