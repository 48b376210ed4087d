import type { onRequestAsyncHookHandler } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';
import type { AdminKey } from './admin-key.ts';

const readMethods = new Set(['GET', 'HEAD']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A write that is for everyone, without the admin's key. */
    isForEveryone?: boolean;
  }
}

/**
 * Lets everyone read and place orders, and only the admin write anything else. Runs before the body is read, so a
 * stranger's is never parsed.
 */
export function requireAdminKey(adminKey: AdminKey): onRequestAsyncHookHandler {
  return async (request, reply) => {
    if (readMethods.has(request.method) || request.routeOptions.config.isForEveryone) return;

    const presented = request.headers['x-api-key'];
    const check = typeof presented === 'string' ? await adminKey.check(presented) : 'mismatch';
    if (check === 'match') return;
    if (check === 'busy') {
      reply.header('retry-after', '1');
      throw new ProblemError(503, 'Too many API keys are being checked. Try again in a second.');
    }
    // A 401 has to name a scheme: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
    reply.header('www-authenticate', 'ApiKey realm="bookstore"');
    throw new ProblemError(401, 'Writing needs the admin API key in the header x-api-key.');
  };
}
