import { join } from 'node:path';
import { runBeside } from './run-beside.ts';

/** Podman with a place for images of its own. */
export interface Podman {
  /** What comes before every command. */
  readonly flags: readonly string[];
  run(command: string, ...args: readonly string[]): Promise<string>;
  /** What a container of an image writes; undefined where this machine lets no container be run. */
  output(image: string): Promise<string | undefined>;
}

/** @param folder where it keeps its images and containers */
export function podmanIn(folder: string): Podman {
  const place = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')];
  const global = [...place, '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs'];
  const run = (command: string, ...args: readonly string[]) =>
    runBeside('podman', ...global, command, ...args);
  return {
    flags: global,
    run,
    async output(image) {
      // Limits that are no higher than a container's own, where this is run in one.
      const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];
      try {
        return await run('run', '--rm', '--network', 'none', ...limits, image);
      } catch (error) {
        if (/not permitted|permission denied/i.test(String(error))) return undefined;
        throw error;
      }
    },
  };
}
