import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from './test/free-port.ts';
import { untilListening } from './test/start-process.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const key = 'a-key-that-only-tests-know';

type ServiceProcess = ChildProcessByStdio<null, Readable, Readable>;

interface Running {
  readonly child: ServiceProcess;
  readonly url: string;
}

function spawnService(env: Readonly<Record<string, string>>): ServiceProcess {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function startService(env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawnService(env);
  return { child, url: await untilListening(child.stdout) };
}

/** Starts the service on a port that it does not tell, and stops it once it answers there. @returns its log */
async function logUntilStopped(env: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const port = await freePort();
  const child = spawnService({ PORT: String(port), ...env });
  const log = text(child.stdout);
  await expect
    .poll(() => fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined), { timeout: 20_000 })
    .toMatchObject({ status: 200 });
  child.kill('SIGTERM');
  return (await log)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test.each(['SIGTERM', 'SIGINT'] as const)('answers, and exits with 0 on %s', async (signal) => {
  const { child, url } = await startService();
  const response = await fetch(`${url}/api/books`);
  expect(await response.json()).toHaveLength(30);

  child.kill(signal);

  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('on SIGTERM, finishes the request in flight, and waits for no connection that is kept alive', async () => {
  const { child, url } = await startService({ ADMIN_API_KEY: key });
  const exited = once(child, 'exit');
  const body = JSON.stringify({ name: 'Poetry' });
  const keepAlive = new Agent({ keepAlive: true });
  onTestFinished(() => keepAlive.destroy());
  const inFlight = request(`${url}/api/categories`, {
    method: 'POST',
    agent: keepAlive,
    headers: {
      'x-api-key': key,
      'content-type': 'application/json',
      'content-length': body.length,
      // The server's "100 Continue" tells that it has seen the request.
      expect: '100-continue',
    },
  });
  inFlight.flushHeaders();
  await once(inFlight, 'continue');

  child.kill('SIGTERM');
  await expect
    .poll(() =>
      fetch(`${url}/healthz`).then(
        () => 'accepted',
        () => 'refused',
      ),
    )
    .toBe('refused');
  inFlight.end(body);

  const [response] = await once(inFlight, 'response');
  expect(response.statusCode).toBe(201);
  expect(JSON.parse(await text(response))).toEqual({ id: 7, name: 'Poetry' });
  expect(await exited).toEqual([0, null]);
});

describe('without an admin key', () => {
  test('says once, on the level that it has by default, that everybody may write', async () => {
    const lines = await logUntilStopped({ ADMIN_API_KEY: '', LOG_LEVEL: '' });

    expect(lines).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringMatching('ADMIN_API_KEY') }),
    ]);
  });

  test.skipIf(process.platform !== 'linux')('loads no argon2 for a write, as it does with one', async () => {
    const headers = { 'x-api-key': key };
    for (const adminKey of ['', key]) {
      const { child, url } = await startService({ ADMIN_API_KEY: adminKey, SEED: '0' });
      expect(await (await fetch(`${url}/api/books`)).json()).toEqual([]);
      expect((await fetch(`${url}/api/books/1`, { method: 'DELETE', headers })).status).toBe(404);
      const isLoaded = readFileSync(`/proc/${child.pid}/maps`, 'utf8').includes('argon2');
      expect(isLoaded).toBe(adminKey !== '');
    }
  });
});

test('with an admin key, warns of nothing', async () => {
  expect(await logUntilStopped({ ADMIN_API_KEY: key, LOG_LEVEL: '' })).toEqual([]);
});

test('a bad setting is one line, and exit code 1', async () => {
  const child = spawnService({ PORT: 'abc' });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toBe(
    'bookstore: PORT must be a whole number from 0 to 65535, but is "abc".\n',
  );
  expect(await exited).toEqual([1, null]);
});

test('a port that is taken is one line, and exit code 1', async () => {
  const { url } = await startService();
  const { port } = new URL(url);
  const child = spawnService({ PORT: port });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toMatch(new RegExp(`^bookstore: Cannot listen on .*${port}.*\\n$`));
  expect(await exited).toEqual([1, null]);
});

test('on SIGTERM, waits neither for a request that never arrives nor for a client that sends none', async () => {
  const { child, url } = await startService();
  const { hostname, port } = new URL(url);
  const texts = [
    '',
    'GET /api/books HTTP/1.1\r\nHost: sh',
    'POST /api/orders HTTP/1.1\r\nHost: shop\r\n\r\n{',
  ];
  for (const part of texts) {
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.write(part);
  }
  expect((await fetch(`${url}/api/books`)).status).toBe(200);

  child.kill('SIGTERM');

  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a file that cannot be a database is one line, and exit code 1', async () => {
  const child = spawnService({ DATABASE_URL: 'sqlite:/nowhere/at/all.db' });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toMatch(
    /^bookstore: DATABASE_URL: the file "\/nowhere\/at\/all.db" cannot .*\n$/,
  );
  expect(await exited).toEqual([1, null]);
});
