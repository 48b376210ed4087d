import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a request that is still arriving may go on arriving: whoever stops the service waits for a second. */
const arriveMs = 700;

/** How long a request that has arrived may take; below the 30 s after which Fargate and Kubernetes kill. */
const deadlineMs = 10_000;

/**
 * Stops the service on SIGTERM (an orchestrator's) and SIGINT (Ctrl-C): no new connections, requests in flight
 * are answered, then the database is closed and the process, having nothing left to do, exits with 0. Whoever is
 * not answered by the deadline makes it exit with 1.
 */
export function stopOnSignal(app: FastifyInstance): void {
  const unfinished = trackUnfinished(app);
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A repeated signal changes nothing: `npm start` passes Ctrl-C on although the terminal has already sent it.
    if (stopping) return;
    stopping = true;
    app.log.info(`${signal} received, stopping`);
    setTimeout(() => {
      for (const socket of unfinished()) socket.destroy();
    }, arriveMs).unref();
    setTimeout(() => {
      app.log.error(`not stopped after ${deadlineMs} ms, giving up`);
      process.exit(1);
    }, deadlineMs).unref();
    // Closing ends the connections that are idle now. One with a request in flight is kept alive after its
    // answer, and would keep the process until the deadline.
    setInterval(() => app.server.closeIdleConnections(), 50).unref();
    app.close().catch((error: unknown) => {
      app.log.error(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** @returns the connections on which no whole request waits for its answer */
function trackUnfinished(app: FastifyInstance): () => Iterable<Socket> {
  const latest = new Map<Socket, ServerResponse<IncomingMessage> | undefined>();
  app.server.on('connection', (socket) => {
    latest.set(socket, undefined);
    socket.once('close', () => latest.delete(socket));
  });
  app.server.on('request', (request, response) => latest.set(request.socket, response));
  const isWaiting = (response?: ServerResponse<IncomingMessage>) =>
    response?.req.complete && !response.writableFinished;
  return () => [...latest].filter(([, response]) => !isWaiting(response)).map(([socket]) => socket);
}
