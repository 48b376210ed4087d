import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry on loopback that takes one blob, and then never answers an upload again. */
export interface StallingRegistry extends AsyncDisposable {
  readonly address: string;
}

export async function startStallingRegistry(): Promise<StallingRegistry> {
  let taken = 0;
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    if (method === 'GET' && url === '/v2/') response.end('{}');
    else if (method === 'HEAD') response.writeHead(404).end();
    else if (method === 'POST') {
      response.writeHead(202, { location: `${url}upload`, 'content-length': 0 }).end();
    } else if (method === 'DELETE') response.writeHead(204).end();
    else {
      request.resume().once('end', () => {
        taken += 1;
        if (taken === 1) response.writeHead(201, { 'content-length': 0 }).end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
