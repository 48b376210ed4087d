import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';

interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** A server that answers what a test tells it to, for what no registry does. */
export interface ScriptedServer {
  /** "127.0.0.1:41234" */
  readonly address: string;
  /** With scheme. */
  readonly origin: string;
  /** In the order in which they began. */
  readonly seen: readonly SeenRequest[];
  /** Of all connections, those that still wait to be sent included. */
  readonly writtenBytes: number;
  /** Connections that are open. */
  readonly openSockets: number;
}

export type Script = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Starts it on loopback; it is gone when the test has finished. */
export async function scriptedServer(
  script: Script,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let closedBytes = 0;
  const listener: RequestListener = async (request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    await script(request, response);
  };
  const server = tls ? createTlsServer({ ...tls }, listener) : createServer(listener);
  // Of TLS the raw connection would be counted as well.
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .once('close', () => {
        closedBytes += socket.bytesWritten;
        sockets.delete(socket);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    origin: `${tls ? 'https' : 'http'}://${address}`,
    seen,
    get writtenBytes() {
      return [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, closedBytes);
    },
    get openSockets() {
      return sockets.size;
    },
  };
}

/** Writes for as long as the other side reads. */
export async function writeWithoutEnd(response: ServerResponse, chunk = Buffer.alloc(64 * 1024, 'x')) {
  response.on('error', () => {});
  while (!response.destroyed && !response.socket?.destroyed) {
    if (!response.write(chunk))
      await Promise.race([once(response, 'drain'), once(response, 'close')]).catch(() => {});
  }
}

/** With JSON, or what is none. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
