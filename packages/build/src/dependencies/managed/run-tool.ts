import { spawn } from 'node:child_process';
import type { Context } from '@catamaran/oci';

export interface ToolOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ToolResult {
  readonly exitCode: number;
  /** The end of what it printed. */
  readonly output: string;
}

const keptCharacters = 64 * 1024;
/** What has not ended by then, after it was asked to, is killed. */
const graceMs = 3000;

/**
 * Runs a program in a process group of its own, so that all that it starts ends with it when it is to stop.
 * @throws the signal's reason once all of it has ended, and what starting it throws
 */
export function runTool(
  [program = '', ...args]: readonly string[],
  { cwd, env }: ToolOptions,
  { signal }: Context,
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(program, args, {
      cwd,
      env: { ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-keptCharacters);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    let patience: NodeJS.Timeout | undefined;
    const stop = () => {
      endGroup(child.pid, 'SIGTERM');
      patience = setTimeout(() => endGroup(child.pid, 'SIGKILL'), graceMs);
    };
    signal.addEventListener('abort', stop, { once: true });
    const leave = () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', stop);
    };
    child.once('error', (error) => {
      leave();
      reject(error);
    });
    // When the pipes are closed, too: whatever it has started holds them.
    child.once('close', (code) => {
      leave();
      if (signal.aborted) reject(signal.reason);
      else resolve({ exitCode: code ?? 1, output });
    });
  });
}

/** https://man7.org/linux/man-pages/man2/kill.2.html: a negative number is a process group. */
function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
