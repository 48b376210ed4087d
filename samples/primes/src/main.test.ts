import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function spawnService(env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Waits for the line in the log that says where the service listens. */
async function waitForUrl(log: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(log)) {
    const url = /Server listening at (http:[^"]+)/.exec(line)?.[1];
    if (url) {
      log.resume();
      return url;
    }
  }
  throw new Error('The service ended before it listened.');
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'finishes what is in flight, and exits with 0 on %s',
  async (signal) => {
    const child = spawnService();
    const exited = once(child, 'exit');
    const url = await waitForUrl(child.stdout);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    // The second answer tells that the service has also got the first request; the signal finds it at its sieve.
    const answer = fetch(`${url}/prime?n=50000000`).then((response) => response.json());
    await fetch(`${url}/healthz`);
    child.kill(signal);

    expect(await answer).toEqual({ n: 50_000_000, primes: 3_001_134 });
    expect(await exited).toEqual([0, null]);
  },
);

test('a bad setting is one line, and exit code 1', async () => {
  const child = spawnService({ PORT: '65536' });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toBe(
    'primes: PORT must be a whole number from 0 to 65535, but is "65536".\n',
  );
  expect(await exited).toEqual([1, null]);
});
