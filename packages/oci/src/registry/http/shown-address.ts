import { quotable } from '../../model/quotable.ts';

/** An address that a registry gave, as an error may quote it: a query may hold a signature that opens a bucket. */
export function shownAddress(text: string): string {
  return quotable(text.replace(/[?#].*$/s, '?…'), 200);
}
