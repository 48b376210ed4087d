import type { Context } from './context.ts';

type Results<Tasks extends readonly ((ctx: Context) => Promise<unknown>)[]> = {
  -readonly [Index in keyof Tasks]: Awaited<ReturnType<Tasks[Index]>>;
};

/**
 * Runs tasks side by side. When one fails, the others are told to stop and are waited for, and the first
 * failure is thrown: afterwards nothing goes on behind the caller's back, as it would after `Promise.all`.
 * @param atOnce how many may run at a time; those that wait when one fails are never begun
 */
export async function runTogether<const Tasks extends readonly ((ctx: Context) => Promise<unknown>)[]>(
  tasks: Tasks,
  ctx: Context,
  atOnce: number = tasks.length,
): Promise<Results<Tasks>> {
  const stop = new AbortController();
  const inner: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) };
  const failures: unknown[] = [];
  const results: unknown[] = new Array(tasks.length);
  const waiting = tasks.entries();
  const takeTurns = async () => {
    for (const [index, task] of waiting) {
      if (failures.length > 0) return;
      try {
        results[index] = await task(inner);
      } catch (error) {
        failures.push(error);
        stop.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, takeTurns));
  if (failures.length > 0) throw failures[0];
  return results as Results<Tasks>;
}
