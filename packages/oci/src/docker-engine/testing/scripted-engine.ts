import { createServer } from 'node:http';
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
  /** What it answers to the first image, the second, …; the last one to all that follow. */
  readonly loads?: readonly { readonly status: number; readonly text: string }[];
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
  const server = createServer(async (request, response) => {
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
      response.writeHead(answer?.status ?? 500).end(answer?.text);
    }
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `unix://${socket}`, archives };
}
