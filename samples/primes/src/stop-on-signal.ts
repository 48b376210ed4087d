import type { FastifyInstance } from 'fastify';

/** After which connections are ended whose clients are still sending their request, or reading their answer. */
const connectionDeadlineMs = 900;

/** After which something is wrong, and the process ends with 1. */
const deadlineMs = 5000;

/**
 * Stops the service on SIGTERM (an orchestrator's) and SIGINT (Ctrl-C) within a second: no new connections, requests
 * in flight are answered, and the process, having nothing left to do, exits with 0.
 */
export function stopOnSignal(app: FastifyInstance): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A repeated signal changes nothing: `npm start` passes Ctrl-C on although the terminal has already sent it.
    if (stopping) return;
    stopping = true;
    app.log.info(`${signal} received, stopping`);
    setTimeout(() => {
      app.log.error(`not stopped after ${deadlineMs} ms, giving up`);
      process.exit(1);
    }, deadlineMs).unref();
    setTimeout(() => app.server.closeAllConnections(), connectionDeadlineMs).unref();
    // Closing ends the connections that are idle now. One with a request in flight is kept alive after its answer,
    // and would keep the process until the deadline.
    setInterval(() => app.server.closeIdleConnections(), 20).unref();
    app.close().catch((error: unknown) => {
      app.log.error(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
