import type { BusinessEvents } from './business-events.ts';

export interface AnsweredRequest {
  readonly method: string;
  /** The template, "/api/books/:id"; undefined where no route fits. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

/** Everything that is counted. */
export interface Instruments {
  readonly events: BusinessEvents;
  requestAnswered(request: AnsweredRequest): void;
  /** All of it, in the text format of Prometheus. */
  scrape(): Promise<string>;
}
