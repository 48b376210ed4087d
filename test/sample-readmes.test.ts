import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { consoleExamples, outputPattern, runExample } from './support/console-examples.ts';
import { repositoryFolder } from './support/repository.ts';

/** The samples, and what their READMEs start them with. */
const samples = [
  { name: 'bookstore', env: { ADMIN_API_KEY: 'example-key-for-trying' } },
  { name: 'primes', env: {} },
  { name: 'releases', env: {} },
];

const tools = await requireTools('curl');

describe.skipIf(!tools)('the examples in the README of', () => {
  it.each(samples)('$name print what it says', async ({ name, env }) => {
    const folder = join(repositoryFolder, 'samples', name);
    const examples = consoleExamples(readFileSync(join(folder, 'README.md'), 'utf8'));
    expect(examples.length).toBeGreaterThan(2);
    const address = await startSample(folder, env);
    for (const example of examples) {
      const printed = await runExample(example, { from: 'localhost:3000', to: address });
      expect(printed, `line ${example.line}: ${example.command}`).toMatch(outputPattern(example));
    }
  });
});

async function startSample(folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: folder,
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const address = `127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`http://${address}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`${folder} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return address;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}
