import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';

/** A way to a server that can be cut. */
export interface CuttableWay {
  /** "127.0.0.1:41234" */
  readonly address: string;
  /** What clients have sent through it. */
  readonly sentBytes: number;
  /** Once: when so many more bytes have been sent through, both ends of that connection are cut. Then `onCut` is told. */
  cutAfter(sizeBytes: number, onCut?: () => void): void;
}

/** Passes on, on loopback, what comes to a server and from it. It is gone when the test has finished. */
export async function startCuttableWay(server: string): Promise<CuttableWay> {
  const sockets = new Set<Socket>();
  let sentBytes = 0;
  let cut: { readonly atBytes: number; readonly onCut: () => void } | undefined;
  const [host = '', port] = server.split(':');
  const way = createServer((client) => {
    const target = connect(Number(port), host);
    const both = [client, target];
    const end = () => {
      for (const socket of both) socket.destroy();
    };
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
      socket.once('close', () => sockets.delete(socket));
    }
    target.pipe(client);
    client.on('data', (chunk) => {
      sentBytes += chunk.byteLength;
      target.write(chunk);
      if (!cut || sentBytes < cut.atBytes) return;
      const { onCut } = cut;
      cut = undefined;
      // What has been written gets there before the end does.
      client.destroy();
      target.end();
      onCut();
    });
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => way.close(resolve));
  });
  return {
    address: `127.0.0.1:${(way.address() as AddressInfo).port}`,
    get sentBytes() {
      return sentBytes;
    },
    cutAfter: (sizeBytes, onCut = () => {}) => {
      cut = { atBytes: sentBytes + sizeBytes, onCut };
    },
  };
}
