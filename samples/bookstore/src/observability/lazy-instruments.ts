import type { BusinessEvents } from './business-events.ts';
import type { Instruments } from './instruments.ts';

/** So much may wait for the instruments before those are loaded. */
const maxKept = 1000;

type Recording = (instruments: Instruments) => void;

/**
 * Instruments that are loaded when somebody first asks for metrics. OpenTelemetry takes as long to load as all the rest
 * of the service, which would be a part of every cold start; until then, what has happened is kept.
 */
export class LazyInstruments implements Instruments {
  readonly events: BusinessEvents;
  readonly #import: () => Promise<Instruments>;
  #loading: Promise<Instruments> | undefined;
  #loaded: Instruments | undefined;
  readonly #kept: Recording[] = [];

  constructor(load: () => Promise<Instruments>) {
    this.#import = load;
    this.events = {
      bookAdded: () => this.#record(({ events }) => events.bookAdded()),
      bookUpdated: () => this.#record(({ events }) => events.bookUpdated()),
      bookDeleted: () => this.#record(({ events }) => events.bookDeleted()),
      categoryAdded: () => this.#record(({ events }) => events.categoryAdded()),
      categoryUpdated: () => this.#record(({ events }) => events.categoryUpdated()),
      categoryDeleted: () => this.#record(({ events }) => events.categoryDeleted()),
      orderPlaced: (order) => this.#record(({ events }) => events.orderPlaced(order)),
      orderCanceled: () => this.#record(({ events }) => events.orderCanceled()),
    };
  }

  async scrape(): Promise<string> {
    return (await this.#load()).scrape();
  }

  /** Rejects when they cannot be loaded, and tries again the next time. */
  #load(): Promise<Instruments> {
    this.#loading ??= this.#import().then(
      (instruments) => {
        this.#loaded = instruments;
        for (const recording of this.#kept.splice(0)) recording(instruments);
        return instruments;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  #record(recording: Recording): void {
    if (this.#loaded) {
      recording(this.#loaded);
      return;
    }
    this.#kept.push(recording);
    if (this.#kept.length === maxKept) {
      // What cannot be loaded must not fill the memory.
      this.#load().catch(() => this.#kept.splice(0));
    }
  }
}
