import type { RunRecord } from './run-record/run-record.ts';

/**
 * Shows a record. Pure: the same record gives the same text. What comes in parts is made lazily; both forms can
 * be given to `Readable.from`.
 */
export interface Reporter {
  render(record: RunRecord): string | AsyncIterable<string>;
}
