import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packProgram } from '../../test/support/packed-program.ts';
import { type Measured, measure } from './measure.ts';
import { untilStopped } from './until-stopped.ts';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What the parts of a benchmark work with. */
export interface Bench {
  /** Everything is in here, and goes with it. */
  readonly folder: string;
  /** The folder of the package "catamaran", as users get it. */
  readonly packageFolder: string;
  /** Takes at most ten minutes. @throws with what the program said, when it fails */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Measured>;
  catamaran(
    args: readonly string[],
    options: RunOptions & { readonly cacheFolder: string },
  ): Promise<Measured>;
}

const limitMs = 10 * 60_000;

/** Does the work in a folder of its own; when it is stopped, or takes too long, nothing is left behind. */
export async function withBench(limitMinutes: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  const signal = untilStopped(limitMinutes);
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-bench-'));
  try {
    await using program = await packProgram();
    await work(await createBench(folder, program.path, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error(`${(signal.reason as Error).message}; nothing is left running`);
    process.exitCode ??= 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function createBench(folder: string, program: string, signal: AbortSignal): Promise<Bench> {
  // Temporary files and npm's cache are in the bench's folder, whoever makes them.
  const [TMPDIR, npm_config_cache] = [join(folder, 'tmp'), join(folder, 'npm-cache')];
  const env = { ...process.env, TMPDIR, npm_config_cache };
  for (const path of [TMPDIR, npm_config_cache]) await mkdir(path);
  const run: Bench['run'] = (command, args, { env: more, ...options } = {}) =>
    measure(command, args, {
      ...options,
      env: { ...env, ...more },
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
  return {
    folder,
    packageFolder: dirname(dirname(program)),
    run,
    catamaran: (args, { cacheFolder, env: more, ...options }) =>
      run(process.execPath, [program, ...args], {
        ...options,
        env: { ...more, XDG_CACHE_HOME: cacheFolder },
      }),
  };
}
