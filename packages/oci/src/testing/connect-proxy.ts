import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';

export interface ConnectProxyOptions {
  /** Host and port as a client names them → where on loopback that is. Everything else is not reached. */
  readonly routes: ReadonlyMap<string, string>;
  /** By default everybody may use it. */
  readonly login?: { readonly username: string; readonly password: string };
}

export interface ConnectProxy {
  /** "127.0.0.1:41234" */
  readonly address: string;
  /** Host and port of each tunnel that was asked for. */
  readonly asked: readonly string[];
}

/** A proxy for TLS (RFC 9110 § 9.3.6) that is gone when the test has finished. */
export async function startConnectProxy({ routes, login }: ConnectProxyOptions): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const wanted = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const server = createServer((_, response) => response.writeHead(501).end());
  const refuse = (client: Socket, status: string) =>
    client.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.on('connect', ({ url = '', headers }, client: Socket, head) => {
    asked.push(url);
    if (wanted && headers['proxy-authorization'] !== wanted) {
      return void refuse(client, '407 Proxy Authentication Required');
    }
    const [host = '', port] = routes.get(url)?.split(':') ?? [];
    if (port === undefined) return void refuse(client, '502 Bad Gateway');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
