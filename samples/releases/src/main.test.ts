import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function spawnService(
  env: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function portOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<number> {
  const [line] = await once(createInterface(child.stdout), 'line');
  return Number(/port (\d+)$/.exec(line)?.[1]);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'answers, and on %s ends with 0 also when a client keeps its connection',
  async (signal) => {
    const child = spawnService();
    const port = await portOf(child);
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('Healthy');
    const half = connect(port, '127.0.0.1').on('error', () => {});
    onTestFinished(() => void half.destroy());
    half.write('GET /releases HTTP/1.1\r\n');
    await fetch(`http://127.0.0.1:${port}/releases`);

    child.kill(signal);

    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test.each(['abc', '65536', '-1'])('PORT=%s is one line, and exit code 1', async (port) => {
  const child = spawnService({ PORT: port });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toBe(
    `releases: PORT must be a whole number from 0 to 65535, but is "${port}".\n`,
  );
  expect(await exited).toEqual([1, null]);
});

test('a port that is taken is one line, and exit code 1', async () => {
  const port = await portOf(spawnService());
  const child = spawnService({ PORT: String(port) });
  const exited = once(child, 'exit');

  expect(await text(child.stderr)).toMatch(/^releases: Cannot listen on .*EADDRINUSE.*\n$/);
  expect(await exited).toEqual([1, null]);
});
