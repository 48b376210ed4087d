import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server on loopback, ended when it goes out of scope. */
export async function startServer(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An address of this machine at which nobody listens. */
export async function closedUrl(): Promise<string> {
  await using server = await startServer(() => {});
  return server.url;
}
