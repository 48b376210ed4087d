import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { ServiceExit } from '../service.ts';
import { logTail } from './log-tail.ts';
import { type Bundle, runcArguments } from './runc.ts';

/** `runc run` in the foreground, which lives as long as the container's first process does. */
export interface ContainerProcess {
  /** Of runc itself. */
  readonly pid: number | undefined;
  readonly ended: Promise<ServiceExit>;
  hasEnded(): boolean;
  logs(): readonly string[];
}

/** In a session of its own: a Ctrl-C in the terminal reaches Catamaran, which then stops the service in order. */
export function runContainer(bundle: Bundle): ContainerProcess {
  const args = ['run', '--bundle', bundle.folder, '--pid-file', bundle.pidFile, bundle.id];
  const child = spawn(bundle.runc, [...runcArguments(bundle), ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = logTail();
  child.stdout.on('data', tail.writer());
  child.stderr.on('data', tail.writer());
  // Not "exit": the last words may still be on their way then.
  const ended = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) =>
      serviceExit(code as number | null, signal as NodeJS.Signals | null),
    () => serviceExit(1, null),
  );
  let hasEnded = false;
  ended.then(() => {
    hasEnded = true;
  });
  return { pid: child.pid, ended, hasEnded: () => hasEnded, logs: tail.lines };
}

const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** runc passes a code on, and makes 128 + n of a signal, as shells do; it may itself be ended by a signal. */
function serviceExit(code: number | null, ownSignal: NodeJS.Signals | null): ServiceExit {
  const signal = ownSignal ?? (signals.get((code ?? 0) - 128) as NodeJS.Signals | undefined);
  return signal ? { code: undefined, signal } : { code: code ?? 1, signal: undefined };
}
