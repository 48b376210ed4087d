import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface BoundedRun {
  readonly input: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Of standard output and of standard error, each. */
  readonly maximumBytes: number;
}

/** How a program ended, or why it was killed. `code` is null when somebody else's signal ended it. */
export type RunResult =
  | {
      readonly ended: 'itself';
      readonly code: number | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly ended: 'too slow' | 'too much output' };

/**
 * Runs a program to its end, without a shell. It is killed when it takes too long or says too much, or the
 * signal aborts. It keeps the terminal: a helper may have to ask for a passphrase.
 * @throws what spawning threw; the signal's reason
 */
export async function runBounded(
  program: string,
  args: readonly string[],
  run: BoundedRun,
  signal: AbortSignal,
): Promise<RunResult> {
  signal.throwIfAborted();
  const child = spawn(program, args, { env: { ...run.environment }, stdio: 'pipe' });
  // Whoever does not read the question may still have an answer (EPIPE).
  child.stdin.on('error', () => {});
  child.stdin.end(run.input);
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
  const stop = (ended: 'too slow' | 'too much output') => resolve({ ended });
  const abort = () => reject(signal.reason);
  const timer = setTimeout(stop, run.timeoutMs, 'too slow');
  signal.addEventListener('abort', abort, { once: true });
  const stdout = collect(child.stdout, run.maximumBytes, () => stop('too much output'));
  const stderr = collect(child.stderr, run.maximumBytes, () => stop('too much output'));
  child.once('error', reject);
  child.once('close', (code) => resolve({ ended: 'itself', code, stdout: stdout(), stderr: stderr() }));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    kill(child);
  }
}

/** Of no effect on one that has ended. */
function kill(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  // A grandchild may hold the other ends; nobody waits for it.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
}

function collect(stream: Readable, maximumBytes: number, overflow: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > maximumBytes) overflow();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
