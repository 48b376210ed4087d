import type { Nanoseconds } from '../schedule/nanoseconds.ts';

/** An idle turn of the loop takes 1–5 µs. What takes longer was interrupted: by the system, or to collect garbage. */
const longestIdleTurnNs = 25_000;

/**
 * Adds up the time that the event loop went round only to look at the clock, which is the part of the
 * generator's CPU time that it could spare.
 */
export class BusyWait {
  #waitedNs = 0;
  #lastTurnNs: Nanoseconds | undefined;
  #turnsWithWork = 0;

  get waitedNs(): Nanoseconds {
    return this.#waitedNs;
  }

  /** Something was done in this turn. undici frees a connection in the turn after its response, so that counts, too. */
  worked(): void {
    this.#turnsWithWork = 2;
  }

  turned(nowNs: Nanoseconds): void {
    if (this.#turnsWithWork > 0) this.#turnsWithWork--;
    else if (this.#lastTurnNs !== undefined) {
      this.#waitedNs += Math.min(nowNs - this.#lastTurnNs, longestIdleTurnNs);
    }
    this.#lastTurnNs = nowNs;
  }

  /** The loop goes to sleep, which takes no CPU time. */
  slept(): void {
    this.#lastTurnNs = undefined;
  }
}
