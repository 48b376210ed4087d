import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PoolError } from './pool/pool-error.ts';

/** What a request has done wrong; `detail` and `field` are for the client. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly field: string;

  constructor(status: number, detail: string, field: string) {
    super(detail);
    this.status = status;
    this.field = field;
  }
}

/** A sieve of ten million takes some tens of milliseconds: after a second there is room again. */
const retryAfterSeconds = 1;

/** Turns whatever a request has failed with into problem JSON: https://www.rfc-editor.org/rfc/rfc9457 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof ProblemError) {
    sendProblem(reply, error.status, error.message, error.field);
  } else if (error instanceof PoolError && error.kind !== 'died') {
    reply.header('retry-after', retryAfterSeconds);
    sendProblem(reply, 503, error.message);
  } else if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500) {
    sendProblem(reply, Number(error.statusCode), error.message);
  } else {
    request.log.error(error);
    sendProblem(reply, 500, 'The service failed to answer this request.');
  }
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, 404, `There is no route ${request.method} ${request.url}.`);
}

function sendProblem(reply: FastifyReply, status: number, detail: string, field?: string): void {
  const errors = field === undefined ? {} : { errors: [{ in: 'query', field, detail }] };
  reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status], status, detail, ...errors });
}
