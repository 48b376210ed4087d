import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { type Podman, podmanIn } from './podman.ts';
import { isInPath } from './tools.ts';

export interface PodmanService extends Podman {
  /** "unix:///…/podman.sock" */
  readonly host: string;
}

/**
 * Podman's service with folders of its own, which is gone when the test has finished.
 * @param folder where it keeps its images and containers
 * @param socketName where in that folder it listens
 * @returns why there is none, where none can run
 */
export async function startedPodmanService(
  folder: string,
  socketName = 'podman.sock',
): Promise<PodmanService | string> {
  if (!isInPath('podman')) return 'Podman is not installed (Debian: podman)';
  const podman = podmanIn(folder);
  const socket = join(folder, socketName);
  mkdirSync(dirname(socket), { recursive: true });
  const args = [...podman.flags, 'system', 'service', '--time', '0', `unix://${socket}`];
  const child = spawn('podman', args, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
  });
  while (!existsSync(socket)) {
    if (child.exitCode !== null) return 'Podman’s service does not start here';
    await delay(20);
  }
  return { ...podman, host: `unix://${socket}` };
}
