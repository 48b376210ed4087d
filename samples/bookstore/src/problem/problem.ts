import { STATUS_CODES } from 'node:http';
import Type, { type Static } from 'typebox';

/** One thing that is wrong with a request, and the field that it is wrong with. */
export const FieldProblem = Type.Object({
  in: Type.String({ description: 'The part of the request: body, path, query or header.' }),
  field: Type.String({ description: 'The field, as in "name"; empty if it is the part as a whole.' }),
  detail: Type.String(),
});
export type FieldProblem = Static<typeof FieldProblem>;

/**
 * The body of every answer that is an error. `type` is always "about:blank": the status says what kind of problem
 * it is, `detail` explains this one. https://www.rfc-editor.org/rfc/rfc9457#section-4.2.1
 */
export const Problem = Type.Object({
  type: Type.Literal('about:blank'),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(FieldProblem)),
});
export type Problem = Static<typeof Problem>;

export const problemContentType = 'application/problem+json';

export function createProblem(status: number, detail: string, errors: readonly FieldProblem[] = []): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
  };
}
