import { constants } from 'node:os';

/** The reason of an abort that a signal asked for. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Aborts when the process is told to stop, so that whatever runs is cleaned up; a second time, it ends at once.
 * Disposing takes the handlers away.
 */
export function abortOnSignals(
  onFirst: () => void,
  onSecond: () => void,
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const handle = (signal: NodeJS.Signals) => {
    const interruption = new Interruption(signal);
    if (controller.signal.aborted) {
      onSecond();
      process.exit(interruption.exitCode);
    }
    onFirst();
    controller.abort(interruption);
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handle);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, handle);
    },
  };
}
