import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const requestIdHeader = 'x-request-id';

/** This process among others. No secret: node:crypto would take a tenth of the service's start to load. */
const ownName = Math.random().toString(36).slice(2, 12).padEnd(10, '0');
let requests = 0;

/** The client's own id for its request, where it is one that may stand in a log; otherwise a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && /^[A-Za-z0-9._:+/=-]{1,128}$/.test(given)
    ? given
    : `${ownName}-${(++requests).toString(36)}`;
}

/** Says in every answer which id its request has in the logs. */
export function answerRequestId(app: FastifyInstance): void {
  app.addHook('onRequest', ({ id }, reply, done) => {
    reply.header(requestIdHeader, id);
    done();
  });
}
