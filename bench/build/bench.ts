import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measured, measure } from '../support/measure.ts';
import { program } from '../support/repository.ts';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What all parts of the benchmark work with. */
export interface Bench {
  /** Everything is in here, and goes with it. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Temporary files and npm's cache are in the bench's folder, whoever makes them. */
  readonly env: NodeJS.ProcessEnv;
  /** Takes at most ten minutes. @throws with what the program said, when it fails */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Measured>;
  catamaran(
    args: readonly string[],
    options: RunOptions & { readonly cacheFolder: string },
  ): Promise<Measured>;
}

const limitMs = 10 * 60_000;

export async function createBench(folder: string, signal: AbortSignal): Promise<Bench> {
  const [TMPDIR, npm_config_cache] = [join(folder, 'tmp'), join(folder, 'npm-cache')];
  const env = { ...process.env, TMPDIR, npm_config_cache };
  const run = (command: string, args: readonly string[], options: RunOptions = {}) =>
    measure(command, args, {
      env,
      ...options,
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
  for (const path of [TMPDIR, npm_config_cache]) await mkdir(path);
  return {
    folder,
    signal,
    env,
    run,
    catamaran: (args, { cacheFolder, env: more, ...options }) =>
      run(process.execPath, [program, ...args, '--quiet'], {
        ...options,
        env: { ...env, ...more, XDG_CACHE_HOME: cacheFolder },
      }),
  };
}
