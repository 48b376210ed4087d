import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

export interface EngineScript {
  readonly info?: object;
  readonly version?: object;
  /** What it says that it has by any name. */
  readonly image?: object;
  /** It listens on loopback with TLS, rather than on a socket, and asks for a certificate of this authority. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string };
  /** What it answers to the first image, the second, …; the last one to all that follow. "never" is no answer. */
  readonly loads?: readonly ({ readonly status: number; readonly text: string } | 'never')[];
}

export interface ScriptedEngine {
  readonly host: string;
  /** The archives that it was sent. */
  readonly archives: readonly Buffer[];
}

/** An engine that answers as it is told, on a socket; for those that no test can start. Gone when the test has finished. */
export async function scriptedEngine(script: EngineScript = {}): Promise<ScriptedEngine> {
  const socket = join(temporaryFolder(), 'engine.sock');
  const archives: Buffer[] = [];
  const answerTo: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const json = (value: object | undefined) =>
      value ? response.end(JSON.stringify(value)) : response.writeHead(404).end('{"message":"none"}');
    if (pathname === '/version') json(script.version ?? { Version: '29.0.0', Os: 'linux', Arch: 'amd64' });
    else if (pathname === '/info') json(script.info ?? { DriverStatus: null });
    else if (pathname.endsWith('/json')) json(script.image);
    else {
      archives.push(await buffer(request));
      const { loads = [{ status: 200, text: '{"stream":"Loaded image"}\n' }] } = script;
      const answer = loads[Math.min(archives.length, loads.length) - 1];
      if (answer === 'never') return;
      response.writeHead(answer?.status ?? 500).end(answer?.text);
    }
  };
  const { tls } = script;
  const server = tls
    ? createSecureServer({ ...tls, requestCert: true, rejectUnauthorized: true }, answerTo)
    : createServer(answerTo);
  await new Promise<void>((resolve) =>
    tls ? server.listen(0, '127.0.0.1', resolve) : server.listen(socket, resolve),
  );
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = tls ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix://${socket}`;
  return { host, archives };
}
