import type { BusinessEvents } from './business-events.ts';

/** What counts, and tells. */
export interface Instruments {
  readonly events: BusinessEvents;
  /** All of it, in the text format of Prometheus. */
  scrape(): Promise<string>;
}
