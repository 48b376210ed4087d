import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { admin } from './open-app.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
}

/** The service as a process of its own, once it listens. It is killed when the test is over. */
export async function startProcess(env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      ADMIN_API_KEY: admin['x-api-key'],
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, url: await untilListening(child.stdout) };
}

/** Waits for the line in the log that says where the service listens. */
export async function untilListening(log: Readable): Promise<string> {
  for await (const line of createInterface(log)) {
    const url = /Server listening at (http:[^"]+)/.exec(line)?.[1];
    if (url) {
      log.resume();
      return url;
    }
  }
  throw new Error('The service ended before it listened.');
}

/** Waits until it can reach its database. */
export async function untilReady({ url }: ServiceProcess): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
}
