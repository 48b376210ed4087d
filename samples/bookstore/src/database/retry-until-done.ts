import { setTimeout as sleep } from 'node:timers/promises';

const firstWaitMs = 100;
const longestWaitMs = 5000;

/** Tries until it succeeds, or is told to stop. Waits double, up to 5 s. Never rejects. */
export async function retryUntilDone(
  work: () => Promise<void>,
  signal: AbortSignal,
  onFailure: (error: unknown, waitMs: number) => void,
): Promise<void> {
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error, waitMs);
      await sleep(waitMs, undefined, { signal }).catch(() => {});
    }
  }
}
