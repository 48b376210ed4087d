import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeBundle } from '../bundle/write-bundle.ts';
import { findEmulator } from '../emulation/emulator.ts';
import type { Host } from '../host.ts';
import { newBundleName } from './container-id.ts';
import { type ContainerProcess, runContainer } from './container-process.ts';
import { endContainer } from './end-container.ts';
import { defaultSearchPath } from './find-program.ts';
import { requireRunc } from './require-runc.ts';
import { requireRunning } from './require-running.ts';
import { describeBundle } from './runc.ts';
import { runningService } from './running-service.ts';
import { sweepBundles } from './sweep-bundles.ts';

export interface RuncHostOptions {
  /** Where bundles go, one folder for each running service. Made when it is not there. */
  readonly folder: string;
  /** Where runc and qemu are looked for, written as in PATH. Default: the system's own folders. */
  readonly searchPath?: string;
}

/**
 * Runs images with runc, the runtime below Docker and Fargate, under the limits of a Fargate task.
 * https://github.com/opencontainers/runc
 */
export function runcHost(options: RuncHostOptions): Host {
  const folder = resolve(options.folder);
  const searchPath = options.searchPath ?? defaultSearchPath;
  return {
    require: async (platforms) => {
      await requireRunc(searchPath);
      for (const platform of platforms) await findEmulator(platform, searchPath);
    },
    start: async (image, run, ctx) => {
      const emulator = await findEmulator(run.platform, searchPath);
      const runc = await requireRunc(searchPath);
      await sweepBundles(folder, runc, ctx);
      ctx.signal.throwIfAborted();
      const bundle = describeBundle(runc, join(folder, newBundleName()));
      let container: ContainerProcess | undefined;
      try {
        await mkdir(folder, { recursive: true });
        await mkdir(bundle.folder, { mode: 0o700 });
        const written = await writeBundle({ ...bundle, emulator }, image, run, ctx);
        ctx.signal.throwIfAborted();
        container = runContainer(bundle);
        const running = await requireRunning(container, bundle, run, ctx);
        const facts = { ...running, ...written, emulated: emulator !== undefined };
        return runningService(bundle, container, run, facts);
      } catch (error) {
        // What went wrong first is what counts; the next start sweeps up what this may leave.
        await endContainer(bundle, container, 'at once').catch(() => {});
        ctx.signal.throwIfAborted();
        throw error;
      }
    },
  };
}
