import type { Context } from './context.ts';

type Results<Tasks extends readonly ((ctx: Context) => Promise<unknown>)[]> = {
  -readonly [Index in keyof Tasks]: Awaited<ReturnType<Tasks[Index]>>;
};

/**
 * Runs tasks side by side. When one fails, the others are told to stop and are waited for, and the first
 * failure is thrown: afterwards nothing goes on behind the caller's back, as it would after `Promise.all`.
 */
export async function runTogether<const Tasks extends readonly ((ctx: Context) => Promise<unknown>)[]>(
  tasks: Tasks,
  ctx: Context,
): Promise<Results<Tasks>> {
  const stop = new AbortController();
  const inner: Context = { ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) };
  const failures: unknown[] = [];
  const results = await Promise.all(
    tasks.map((task) =>
      // Inside a promise from the start: what throws before it returns one must stop the others, too.
      (async () => task(inner))().catch((error: unknown) => {
        failures.push(error);
        stop.abort(error);
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results as Results<Tasks>;
}
