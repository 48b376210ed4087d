/** Aborted when somebody asks the program to stop, or when it has taken longer than it ever should. */
export function untilStopped(limitMinutes: number): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.exitCode = 130;
      controller.abort(new Error(`stopped by ${signal}`));
    });
  }
  const timeUp = () => controller.abort(new Error(`stopped: it took longer than ${limitMinutes} minutes`));
  setTimeout(timeUp, limitMinutes * 60_000).unref();
  return controller.signal;
}
