import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { stopGroup } from './stop-group.ts';

export interface ProgramOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  onOutput(text: string): void;
}

/** How a program ended: by a code, or by a signal. */
interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How long the last words may be on their way: what a program leaves running may hold the pipe for ever. */
const lastWordsMs = 500;

/**
 * Runs a program in a process group of its own: when the signal is aborted, all of it is ended before this returns, what
 * it started included. What it leaves running when it ends by itself is left alone.
 */
export async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { folder, env, signal, onOutput }: ProgramOptions,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...env },
    stdio: [...stdio],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  const closed = new Promise((resolve) => child.once('close', resolve));
  const stopWaiting = new AbortController();
  try {
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const aborted = once(signal, 'abort', { signal: stopWaiting.signal }).catch(() => {});
    const end = await Promise.race([exited, aborted.then(() => undefined)]);
    if (!end || signal.aborted) {
      if (child.pid) await stopGroup(child.pid);
      await exited;
      signal.throwIfAborted();
    }
    await Promise.race([closed, delay(lastWordsMs)]);
    const [code = null, by = null] = end ?? [];
    return { code, signal: by };
  } finally {
    stopWaiting.abort();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}
