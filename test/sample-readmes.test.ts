import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import {
  type ConsoleExample,
  consoleExamples,
  outputPattern,
  runExample,
} from './support/console-examples.ts';
import { freePort } from './support/free-port.ts';
import { repositoryFolder } from './support/repository.ts';

const samples = ['bookstore', 'primes', 'releases'];

const tools = await requireTools('curl');

describe.skipIf(!tools)('the examples in the README of', () => {
  it.each(samples)('%s print what it says', async (name) => {
    const folder = join(repositoryFolder, 'samples', name);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const sessions = sessionsOf(readme);
    expect(consoleExamples(readme).length).toBeGreaterThan(2);
    expect(sessions.flatMap(({ examples }) => examples)).toEqual(consoleExamples(readme));
    for (const { env, examples } of sessions) {
      const address = await startSample(folder, env);
      for (const example of examples) {
        const printed = await runExample(example, { from: 'localhost:3000', to: address });
        expect(printed, `line ${example.line}: ${example.command}`).toMatch(outputPattern(example));
      }
    }
  });
});

interface Session {
  readonly env: Readonly<Record<string, string>>;
  readonly examples: readonly ConsoleExample[];
}

/** The examples belong to the "npm start" before them, and to the variables that it has. */
function sessionsOf(readme: string): readonly Session[] {
  const lines = readme.split('\n');
  const starts = [...lines.entries()].flatMap(([index, line]) => {
    const [, assignments] = /^((?:[A-Z_]+=\S+ )*)npm start$/.exec(line) ?? [];
    return assignments === undefined ? [] : [{ line: index + 1, assignments }];
  });
  return starts.map(({ line, assignments }, index) => {
    const next = starts[index + 1]?.line ?? lines.length;
    const variables = assignments.matchAll(/([A-Z_]+)=(\S+)/g);
    const env = Object.fromEntries(Array.from(variables, ([, name, value]) => [name, value]));
    return {
      env,
      examples: consoleExamples(readme).filter((example) => example.line > line && example.line < next),
    };
  });
}

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
