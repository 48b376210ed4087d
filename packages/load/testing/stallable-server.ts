import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, whose event loop can be blocked without blocking the test's. */
export async function startStallableServer() {
  const file = fileURLToPath(new URL('./stallable-server-main.ts', import.meta.url));
  const child = fork(file, { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    stall: (stallMs: number) => child.send(stallMs),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}
