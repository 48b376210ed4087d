import type { onRequestHookHandler } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';
import type { Readiness } from './readiness.ts';

/** Until there are tables, requests are told to come back. */
export function requirePrepared(readiness: Readiness): onRequestHookHandler {
  return (_, reply, done) => {
    if (readiness.isPrepared) return done();
    reply.header('retry-after', '1');
    done(new ProblemError(503, 'The database is not ready yet. Try again in a second.'));
  };
}
