import { createReleasesServer } from './server.ts';

/** After which connections are ended whose clients are still sending their request, or reading their answer. */
const connectionDeadlineMs = 900;

const host = process.env.HOST || '0.0.0.0';
const port = process.env.PORT || '3000';
if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) start(Number(port));
else fail(`PORT must be a whole number from 0 to 65535, but is "${port}".`);

function start(port: number): void {
  const server = createReleasesServer(Date.now);
  server.once('error', ({ message }) => fail(`Cannot listen on HOST ${host}, PORT ${port}: ${message}.`));
  server.listen(port, host, () => {
    const address = server.address();
    if (address && typeof address === 'object') process.stdout.write(`Listening on port ${address.port}\n`);
  });
  // Requests in flight are answered; then there is nothing left to do, and the process ends with 0.
  const stop = () => {
    server.close();
    setInterval(() => server.closeIdleConnections(), 20).unref();
    setTimeout(() => server.closeAllConnections(), connectionDeadlineMs).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(message: string): void {
  process.stderr.write(`releases: ${message}\n`);
  process.exitCode = 1;
}
