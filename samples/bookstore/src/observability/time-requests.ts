import type { FastifyInstance, onResponseHookHandler } from 'fastify';
import type { RequestDurations } from './request-durations.ts';

/** Has every request recorded under its route, of those that are added from now on. */
export function timeRequests(app: FastifyInstance, durations: RequestDurations): void {
  const hooks = new WeakSet<onResponseHookHandler>();
  app.addHook('onRoute', (route) => {
    const own = [route.onResponse ?? []].flat();
    // The HEAD route that Fastify makes of a GET route has that one's hooks.
    if (own.some((hook) => hooks.has(hook))) return;
    const record = durations.route(route.url);
    const hook: onResponseHookHandler = ({ method }, reply, done) => {
      record(method, reply.statusCode, reply.elapsedTime / 1000);
      done();
    };
    hooks.add(hook);
    route.onResponse = [...own, hook];
  });

  const recordOther = durations.route(undefined);
  app.addHook('onResponse', ({ is404, method }, reply, done) => {
    if (is404) recordOther(method, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
