import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface DockerEngine extends AsyncDisposable {
  /** What `docker` is to be called with. */
  readonly env: NodeJS.ProcessEnv;
}

const startTimeoutMs = 60_000;

/**
 * An engine of its own, on a socket and a data folder of its own.
 * @returns why there is none, where none can run
 */
export async function startDockerEngine(folder: string): Promise<DockerEngine | string> {
  if (process.getuid?.() !== 0) return 'a Docker engine needs root';
  if (spawnSync('dockerd', ['--version']).status !== 0) return 'dockerd is not installed (Debian: docker.io)';
  const socket = `unix://${join(folder, 'docker.sock')}`;
  const log = openSync(join(folder, 'dockerd.log'), 'w');
  const place = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
  const pidFile = ['--pidfile', join(folder, 'dockerd.pid')];
  const child = spawn(
    'dockerd',
    ['--host', socket, ...place, ...pidFile, '--bridge', 'none', '--iptables=false'],
    {
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const exited = once(child, 'exit');
  const env = { ...process.env, DOCKER_HOST: socket, DOCKER_CONFIG: folder, DOCKER_BUILDKIT: '1' };
  const engine: DockerEngine = {
    env,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
  const until = performance.now() + startTimeoutMs;
  while (performance.now() < until && child.exitCode === null) {
    if (spawnSync(dockerCommand, ['version'], { env }).status === 0) return engine;
    await delay(200);
  }
  await engine[Symbol.asyncDispose]();
  const said = (await readFile(join(folder, 'dockerd.log'), 'utf8')).trim().split('\n').slice(-3).join('\n');
  return `dockerd does not start:\n${said}`;
}

/** The client that belongs to the engine; another one on PATH may be newer than it. */
export const dockerCommand = '/usr/bin/docker';
