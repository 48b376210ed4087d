import type { Dispatcher } from 'undici';
import type { Nanoseconds } from '../schedule/nanoseconds.ts';
import type { BusyWait } from './busy-wait.ts';
import { Exchange, type ExchangeListener, type ExchangeStart } from './exchange.ts';
import { nowNs } from './now.ts';
import type { OpenExchanges } from './open-exchanges.ts';
import type { PhaseTally } from './phase-tally.ts';
import type { Script } from './script.ts';

export interface PhaseParts {
  readonly connections: Dispatcher;
  readonly pickScript: () => Script;
  readonly maxInFlight: number;
  readonly open: OpenExchanges;
  readonly tally: PhaseTally;
  readonly busyWait: BusyWait;
}

/** Sends what is due, and the next step of a scenario when the step before it has been answered. */
export class PhaseRun implements ExchangeListener {
  readonly #parts: PhaseParts;

  constructor(parts: PhaseParts) {
    this.#parts = parts;
  }

  arrive(intendedNs: Nanoseconds): void {
    const { pickScript, open, maxInFlight, tally, busyWait } = this.#parts;
    busyWait.worked();
    tally.schedule(intendedNs);
    // Chosen before it may be dropped: what was dropped does not change what comes after it.
    const script = pickScript();
    if (open.count >= maxInFlight) tally.drop();
    else this.#send({ script, step: 0, intendedNs, sentNs: nowNs() });
  }

  stirred(): void {
    this.#parts.busyWait.worked();
  }

  answered(exchange: Exchange): void {
    const endNs = nowNs();
    const { open, tally, busyWait } = this.#parts;
    const { script, step } = exchange.start;
    busyWait.worked();
    tally.complete(exchange, endNs);
    if (step + 1 < script.length) {
      tally.schedule(endNs);
      this.#send({ script, step: step + 1, intendedNs: endNs, sentNs: nowNs() });
    }
    // Only now, so that a scenario holds its place between its steps.
    open.remove(exchange);
  }

  /** An arrival ends with the first of its requests that gets no response. */
  failed(exchange: Exchange, kind: string): void {
    const { open, tally, busyWait } = this.#parts;
    busyWait.worked();
    tally.fail(kind, exchange.start.intendedNs);
    open.remove(exchange);
  }

  #send(start: ExchangeStart): void {
    const { connections, open, tally } = this.#parts;
    const options = start.script[start.step];
    if (!options) return;
    const exchange = new Exchange(start, this);
    open.add(exchange);
    tally.send(exchange);
    connections.dispatch(options, exchange);
  }
}
