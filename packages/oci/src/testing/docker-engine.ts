import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { isInPath } from './tools.ts';

/** A Docker engine of its own. */
export interface DockerEngine {
  docker(...args: readonly string[]): Promise<string>;
}

/**
 * Starts one that is gone when the test has finished.
 * @param folder where it keeps its images and containers
 * @returns why there is none, where none can run
 */
export async function startedDockerEngine(folder: string): Promise<DockerEngine | string> {
  if (process.getuid?.() !== 0) return 'a Docker engine needs root';
  if (!isInPath('dockerd') || !isInPath('docker')) return 'Docker is not installed';
  const host = `unix://${join(folder, 'docker.sock')}`;
  const folders = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
  const network = ['--bridge', 'none', '--iptables=false'];
  const args = ['--host', host, ...folders, ...network, '--pidfile', join(folder, 'docker.pid')];
  const child = spawn('dockerd', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
  });
  const isUp = await new Promise<boolean>((resolve) => {
    const lines = createInterface(child.stderr);
    lines
      .on('line', (line) => /API listen on/.test(line) && resolve(true))
      .once('close', () => resolve(false));
  });
  if (!isUp) return 'dockerd does not start here';
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: folder };
  return {
    docker: async (...command) =>
      (await promisify(execFile)('docker', command, { env, timeout: 20_000 })).stdout,
  };
}
