import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidNError } from './parse-n.ts';

/** Turns whatever a request has failed with into problem JSON: https://www.rfc-editor.org/rfc/rfc9457 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof InvalidNError) {
    sendProblem(reply, 400, error.message);
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

function sendProblem(reply: FastifyReply, status: number, detail: string): void {
  reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status], status, detail });
}
