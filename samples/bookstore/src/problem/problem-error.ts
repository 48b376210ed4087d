import type { FieldProblem } from './problem.ts';

/** Thrown by a route to answer with a problem. `detail` and `errors` are sent to the client as they are. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly statusCode: number;
  readonly errors: readonly FieldProblem[];

  constructor(statusCode: number, detail: string, errors: readonly FieldProblem[] = []) {
    super(detail);
    this.statusCode = statusCode;
    this.errors = errors;
  }
}

/** For a field of the body that can be understood, but does not fit the data. */
export function refuseField(status: number, field: string, value: unknown, detail: string): ProblemError {
  return new ProblemError(status, `The request is not valid: ${field} ${JSON.stringify(value)} ${detail}.`, [
    { in: 'body', field, detail },
  ]);
}
