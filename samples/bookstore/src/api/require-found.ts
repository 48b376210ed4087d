import { ProblemError } from '../problem/problem-error.ts';

/** A search that finds nothing is a 404. */
export function requireFound(found: readonly unknown[], detail: string): void {
  if (found.length === 0) throw new ProblemError(404, detail);
}
