import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy on loopback that takes every host for one and the same. */
export interface ForwardProxy extends AsyncDisposable {
  /** "http://127.0.0.1:41234" */
  readonly address: string;
  /** "host:port" that it was asked for so far. */
  readonly askedFor: ReadonlySet<string>;
}

/** @param target "127.0.0.1:5000": who answers in everybody's name */
export async function startForwardProxy(target: string): Promise<ForwardProxy> {
  const [host = '', port = ''] = target.split(':');
  const askedFor = new Set<string>();
  const server = createServer((incoming, response) => {
    const { host: wanted, pathname, search } = new URL(incoming.url ?? '');
    askedFor.add(wanted);
    const { method, headers } = incoming;
    const outgoing = request({ host, port, method, headers, path: `${pathname}${search}` }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on('connect', ({ url = '' }: IncomingMessage, client) => {
    askedFor.add(url);
    const upstream = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    upstream.pipe(client).pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    askedFor,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
