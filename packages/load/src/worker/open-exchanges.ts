import { type Nanoseconds, nanosecondsPerMs } from '../schedule/nanoseconds.ts';
import type { Exchange } from './exchange.ts';
import { nowNs } from './now.ts';

/**
 * The requests that are in flight, in the order of their intended start. Since all have the same time, their
 * deadlines are in that order, too, and one timer for the first of them does for all.
 */
export class OpenExchanges {
  readonly #timeoutNs: Nanoseconds;
  readonly #open = new Set<Exchange>();
  #timer: NodeJS.Timeout | undefined;
  #emptied: (() => void) | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutNs = timeoutMs * nanosecondsPerMs;
  }

  get count(): number {
    return this.#open.size;
  }

  add(exchange: Exchange): void {
    this.#open.add(exchange);
    if (!this.#timer) this.#watchFirst();
  }

  remove(exchange: Exchange): void {
    this.#open.delete(exchange);
    if (this.#open.size === 0) this.#emptied?.();
  }

  /** Resolves when nothing is in flight any more. */
  drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#emptied = resolve;
    if (this.#open.size === 0) resolve();
    return promise;
  }

  stopWatching(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #watchFirst(): void {
    const [first] = this.#open;
    if (!first) return;
    const waitMs = (first.start.intendedNs + this.#timeoutNs - nowNs()) / nanosecondsPerMs;
    this.#timer = setTimeout(() => this.#expireDue(), Math.max(0, Math.ceil(waitMs)));
  }

  #expireDue(): void {
    this.#timer = undefined;
    const dueNs = nowNs() - this.#timeoutNs;
    for (const exchange of this.#open) {
      if (exchange.start.intendedNs > dueNs) break;
      exchange.expire();
    }
    if (!this.#timer) this.#watchFirst();
  }
}
