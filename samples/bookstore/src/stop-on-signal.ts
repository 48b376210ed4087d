import type { FastifyInstance } from 'fastify';

/**
 * Stops the service on SIGTERM (an orchestrator's) and SIGINT (Ctrl-C): no new connections, requests in flight
 * are answered, then the database is closed and the process, having nothing left to do, exits with 0.
 *
 * A client that never finishes its request must not hold the process for ever. After the deadline it exits
 * with 1; the default stays well below the 30 s after which Fargate and Kubernetes send SIGKILL.
 */
export function stopOnSignal(app: FastifyInstance, deadlineMs = 10_000): void {
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
    // Closing ends the connections that are idle now. One with a request in flight is kept alive after its
    // answer, and would keep the process until the deadline.
    setInterval(() => app.server.closeIdleConnections(), 100).unref();
    app.close().catch((error: unknown) => {
      app.log.error(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
