import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { isInPath } from '../tools.ts';

/** A Docker engine of its own, on a socket and with folders of its own. */
export interface DockerEngine extends AsyncDisposable {
  /** What `docker` is to be called with. */
  readonly env: NodeJS.ProcessEnv;
  docker(...args: readonly string[]): Promise<string>;
}

/**
 * @param folder where it keeps its images and containers
 * @returns why there is none, where none can run
 */
export async function startDockerEngine(folder: string): Promise<DockerEngine | string> {
  if (process.getuid?.() !== 0) return 'a Docker engine needs root';
  if (!isInPath('dockerd') || !isInPath('docker')) return 'Docker is not installed (Debian: docker.io)';
  const host = `unix://${join(folder, 'docker.sock')}`;
  const folders = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
  const network = ['--bridge', 'none', '--iptables=false'];
  const args = ['--host', host, ...folders, ...network, '--pidfile', join(folder, 'docker.pid')];
  const child = spawn('dockerd', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const isUp = await new Promise<boolean>((resolve) => {
    const lines = createInterface(child.stderr);
    lines
      .on('line', (line) => /API listen on/.test(line) && resolve(true))
      .once('close', () => resolve(false));
  });
  if (!isUp) return 'dockerd does not start here';
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: folder };
  return {
    env,
    docker: async (...command) => (await promisify(execFile)('docker', command, { env })).stdout,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}
