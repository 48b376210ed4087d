import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ConstraintError } from '../database/constraint-error.ts';
import { isUnavailable } from '../database/unavailable.ts';
import { describeValidation } from './describe-validation.ts';
import { createProblem, type Problem, problemContentType } from './problem.ts';
import { ProblemError } from './problem-error.ts';

/** Turns whatever a request has failed with into a problem. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error);
  if (problem.status >= 500) request.log.error(error);
  send(reply, problem);
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  send(reply, createProblem(404, `There is no route ${request.method} ${request.url}.`));
}

function send(reply: FastifyReply, problem: Problem): void {
  reply.code(problem.status).type(problemContentType).send(problem);
}

function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return createProblem(error.statusCode, error.message, error.errors);
  if (error instanceof ConstraintError && error.kind === 'check') return refusedField(error);
  if (isUnavailable(error)) return createProblem(503, 'The database cannot be reached now. Try again later.');
  if (isFastifyError(error)) {
    if (error.validation) return invalidRequest(error, error.validation);
    const status = error.statusCode ?? 500;
    if (status < 500) return createProblem(status, error.message);
  }
  // What went wrong inside is for the log; it would tell a stranger more than a client needs.
  return createProblem(500, 'The service failed to answer this request.');
}

function invalidRequest(error: FastifyError, validation: NonNullable<FastifyError['validation']>): Problem {
  const errors = describeValidation(error.validationContext ?? 'request', validation);
  const summary = errors
    .map(({ in: part, field, detail }) => `${field || `the ${part}`} ${detail}`)
    .join('; ');
  return createProblem(400, `The request is not valid: ${summary}.`, errors);
}

/** The schemas of the API and those of the database agree but for a few odd texts, such as ones with a NUL. */
function refusedField({ subject }: ConstraintError): Problem {
  const detail = 'cannot be stored';
  return createProblem(422, `The request is not valid: ${subject} ${detail}.`, [
    { in: 'body', field: subject, detail },
  ]);
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error;
}
