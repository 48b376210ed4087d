import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { recordingContext } from '../../../testing/layer-tools.ts';
import { nodeProject } from '../../../testing/node-project.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { runBuildCommand } from './run-build-command.ts';

const env = { PATH: process.env.PATH, HOME: '/nowhere', MINE: 'yes' };

function run(command: string, folder = temporaryFolder(), parts = {}) {
  const { ctx, steps } = recordingContext(parts);
  return { folder, steps, done: runBuildCommand(nodeProject(folder), command, env, ctx) };
}

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8').trim();

/** Waits for a file that has something in it. */
async function until(path: string): Promise<string> {
  while (!existsSync(path) || readFileSync(path, 'utf8').trim() === '') await delay(5);
  return readFileSync(path, 'utf8').trim();
}

function isAlive(pid: string): boolean {
  try {
    // A zombie has ended; whether somebody has asked for its exit code does not matter.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the project’s command', () => {
  it('runs in the project’s folder, by the shell, with the user’s environment', async () => {
    const { folder, steps, done } = run(`pwd > out && echo "$MINE-\${NODE_ENV-unset}" >> out; exit 0`);
    await done;
    expect(read(folder, 'out')).toBe(`${folder}\nyes-unset`);
    expect(steps).toHaveLength(1);
  });

  it('finds the commands of packages, its own before those of the folders above', async () => {
    const root = writeFiles(temporaryFolder(), { 'apps/shop/package.json': {} });
    const { chmodSync } = await import('node:fs');
    for (const [place, name] of [
      ['node_modules/.bin', 'both'],
      ['node_modules/.bin', 'only-above'],
      ['apps/shop/node_modules/.bin', 'both'],
    ]) {
      writeFiles(root, { [`${place}/${name}`]: `#!/bin/sh\necho ${place}` });
      chmodSync(join(root, `${place}/${name}`), 0o755);
    }
    const { folder, done } = run('both > out; only-above >> out', join(root, 'apps/shop'));
    await done;
    expect(read(folder, 'out')).toBe('apps/shop/node_modules/.bin\nnode_modules/.bin');
  });

  it('tells its exit code and its last lines when it fails', async () => {
    const { done } = run('seq 1 100; echo "what went wrong" >&2; exit 3');
    const error = await done.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'CATA_BUILD_COMMAND', fault: 'user' });
    expect(String(error)).toMatch(/"seq 1 100; .*" of app\.build ended with exit code 3:\n {2}…\n {2}62\n/);
    expect(String(error)).toMatch(/\n {2}100\n {2}what went wrong\n$/);
  });

  it('shows no colours, and not all of a long command', async () => {
    const { done, steps } = run(`printf '\\033[31mred\\033[0m\\n'; exit 1 # ${'x'.repeat(100)}`);
    await expect(done).rejects.toThrow(/:\n {2}red\n$/);
    expect(steps[0]).toMatch(/^Command "printf .{40,60}…"$/);
  });

  it('tells the signal that ended it', async () => {
    await expect(run('kill -KILL $$').done).rejects.toThrow('ended with signal SIGKILL');
  });

  it('does not wait for what it leaves running', async () => {
    const { folder, done } = run('sleep 60 & echo $! > pid');
    await done;
    process.kill(Number(read(folder, 'pid')), 'SIGKILL');
  });

  it.each([
    ['what it started', 'sleep 60 & echo $! > pid; wait'],
    [
      'what does not want to end',
      `trap '' TERM; sh -c 'trap "" TERM; echo $$ > pid; while :; do sleep 1; done'`,
    ],
  ])('is ended with %s when it is told to stop', async (_, command) => {
    const stop = new AbortController();
    const { folder, done } = run(command, temporaryFolder(), { signal: stop.signal });
    const pid = await until(join(folder, 'pid'));
    expect(isAlive(pid)).toBe(true);
    stop.abort(new Error('enough'));
    await expect(done).rejects.toThrow('enough');
    expect(isAlive(pid)).toBe(false);
  });

  it('is not begun when it is too late', async () => {
    const { folder, done } = run('touch out', temporaryFolder(), {
      signal: AbortSignal.abort(new Error('late')),
    });
    await expect(done).rejects.toThrow('late');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
