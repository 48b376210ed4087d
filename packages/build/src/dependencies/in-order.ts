import type { Context } from '@catamaran/oci';

/** Runs tasks some ahead of the one whose result is next. When one fails, the others are stopped and waited for. */
export async function* inOrder<T>(
  tasks: readonly ((ctx: Context) => Promise<T>)[],
  ahead: number,
  ctx: Context,
): AsyncIterable<T> {
  const stop = new AbortController();
  const inner = { ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) };
  const underWay: Promise<T>[] = [];
  try {
    for (const task of tasks) {
      underWay.push(task(inner));
      // Its turn to be awaited may come later; until then a failure is nobody's business.
      underWay.at(-1)?.catch(() => {});
      const first = underWay.length >= ahead ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (const result of underWay) yield await result;
  } finally {
    stop.abort();
    await Promise.allSettled(underWay);
  }
}
