import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
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
    // A thread that has to be started first may take longer than there is time at the end.
    expect(await (await fetch(`${url}/prime?n=10`)).text()).toBe('4');

    // The second answer tells that the service has also got the first request; the signal finds it at its sieve.
    const answer = fetch(`${url}/prime?n=3000000`).then((response) => response.text());
    await fetch(`${url}/healthz`);
    child.kill(signal);

    expect(await answer).toBe('216816');
    expect(await exited).toEqual([0, null]);
  },
);

test('answers also those that it has no time for, and does not wait for a client that sends nothing', async () => {
  const child = spawnService({ WORKERS: '1' });
  const exited = once(child, 'exit');
  const url = await waitForUrl(child.stdout);
  const { hostname, port } = new URL(url);
  const idle = connect(Number(port), hostname);
  onTestFinished(() => void idle.destroy());
  await once(idle, 'connect');
  idle.on('error', () => {});
  idle.write('GET /prime HTTP/1.1\r\n');
  // Far more than a second's work.
  const requests = Array.from({ length: 60 }, () => fetch(`${url}/prime?n=50000000`));
  await fetch(`${url}/healthz`);
  child.kill('SIGTERM');

  const responses = await Promise.all(requests);
  const statuses = new Set(responses.map(({ status }) => status));
  statuses.delete(200);
  expect([...statuses]).toEqual([503]);
  for (const response of responses) {
    if (response.status === 503) expect(response.headers.get('retry-after')).toBe('1');
  }
  expect(await exited).toEqual([0, null]);
});

test('a bad setting is one line, and exit code 1', async () => {
  const child = spawnService({ PORT: '65536' });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toBe(
    'primes: PORT must be a whole number from 0 to 65535, but is "65536".\n',
  );
  expect(await exited).toEqual([1, null]);
});
