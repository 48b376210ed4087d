import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port.ts';
import { measure } from './measure.ts';
import { median } from './median.ts';

export interface ColdStart {
  readonly readyMs: number;
  /** Of `node -e 0`, in turn with the others. */
  readonly nodeMs: number;
}

/** How long a service takes to be ready, beside what Node.js takes to do nothing: medians of `rounds`. */
export async function coldStart(main: string, rounds: number, signal: AbortSignal): Promise<ColdStart> {
  const [ready, node]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    signal.throwIfAborted();
    node.push((await measure(process.execPath, ['-e', '0'])).seconds * 1000);
    ready.push(await timeUntilReady(main, signal));
  }
  return { readyMs: median(ready), nodeMs: median(node) };
}

async function timeUntilReady(main: string, signal: AbortSignal): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' };
  const child: ChildProcess = spawn(process.execPath, [main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port))) {
      signal.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`${main} ended with ${child.exitCode}`);
      await sleep(1);
    }
    return performance.now() - started;
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}
