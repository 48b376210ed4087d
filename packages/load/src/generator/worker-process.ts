import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Notice, Order } from '../worker/messages.ts';

/** How a process ended. */
export interface Ending {
  /** The error of a process that never started. */
  readonly startError: NodeJS.ErrnoException | undefined;
  /** "exit code 1", "signal SIGKILL". */
  readonly text: string;
  /** The last of what it wrote to stderr. */
  readonly output: string;
}

/** The child process beneath a generator. */
export interface WorkerProcess {
  readonly command: readonly string[];
  /** Resolves, and never rejects, when the process is gone. */
  readonly ended: Promise<Ending>;
  tell(order: Order): void;
  onNotice(listener: (notice: Notice) => void): void;
  kill(): Promise<Ending>;
}

const outputTailLength = 4096;

/**
 * Starts the worker behind `enter`, which must put itself into place and then exec, as `nsenter` does: the IPC
 * channel is a file descriptor that survives it. `env -u` keeps the parent's NODE_OPTIONS (loaders, inspectors)
 * away from what is measured. Detached, so that Ctrl-C in a terminal reaches the parent alone, which then decides.
 */
export function startWorker(enter: readonly string[]): WorkerProcess {
  const entry = fileURLToPath(new URL(`../worker/main${extname(import.meta.url)}`, import.meta.url));
  const command = [...enter, 'env', '-u', 'NODE_OPTIONS', process.execPath, entry];
  const [program = 'env', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true });
  const ended = watchEnd(child);
  return {
    command,
    ended,
    tell(order) {
      // A failure means that the process is ending, which `ended` tells.
      if (child.connected) child.send(order, () => {});
    },
    onNotice(listener) {
      child.on('message', (notice) => listener(notice as Notice));
    },
    kill() {
      const running = child.exitCode === null && child.signalCode === null;
      // Detached, it leads a group of its own: that is the worker too, should the command have forked it.
      if (running && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      return ended;
    },
  };
}

async function watchEnd(child: ChildProcess): Promise<Ending> {
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-outputTailLength);
  });
  try {
    const [code, signal] = await once(child, 'close');
    const text = signal === null ? `exit code ${code}` : `signal ${signal}`;
    return { startError: undefined, text, output: output.trim() || '(none)' };
  } catch (error) {
    const startError = error as NodeJS.ErrnoException;
    return { startError, text: startError.message, output: '(none)' };
  }
}
