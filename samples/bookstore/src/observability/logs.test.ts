import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

const key = 'a-key-that-only-tests-know';

type Line = Readonly<Record<string, unknown>>;

/** Starts the service, asks it something, and stops it. @returns its log */
async function logOf(level: string, ask: (url: string) => Promise<unknown>): Promise<readonly Line[]> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: level, ADMIN_API_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: Line[] = [];
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    const url = /Server listening at (http:\S+)/.exec(String(line.msg))?.[1];
    if (url) void ask(url).finally(() => child.kill('SIGTERM'));
  }
  if (child.exitCode === null) await once(child, 'exit');
  return lines;
}

async function ask(url: string): Promise<void> {
  const headers = {
    'x-request-id': 'mine-1',
    'content-type': 'application/json',
    'x-api-key': 'a-secret-key',
  };
  const body = JSON.stringify({ name: 'a-body' });
  await fetch(`${url}/api/categories`, { method: 'POST', headers, body });
}

test('on debug, every line is JSON, a request’s have its id, and none has bodies or keys', async () => {
  const lines = await logOf('debug', ask);

  const ofRequest = lines.filter(({ reqId }) => reqId === 'mine-1');
  expect(ofRequest).toContainEqual(
    expect.objectContaining({ req: expect.objectContaining({ method: 'POST' }) }),
  );
  expect(ofRequest).toContainEqual(expect.objectContaining({ res: { statusCode: 401 } }));
  expect(ofRequest).toContainEqual(expect.objectContaining({ responseTime: expect.any(Number) }));
  for (const line of lines)
    expect(line).toMatchObject({ level: expect.any(Number), time: expect.any(Number) });
  expect(JSON.stringify(lines)).not.toMatch(/a-body|a-secret-key|a-key-that/);
});

test('on info, requests cost no line', async () => {
  const lines = await logOf('info', ask);

  expect(lines.length).toBeGreaterThan(1);
  expect(lines.filter(({ reqId }) => reqId !== undefined)).toEqual([]);
});
