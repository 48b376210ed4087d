import type { Context } from './context.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface LookupOptions<Q, V> {
  /** Questions with the same key have the same answer. */
  keyOf(question: Q): string;
  look(question: Q, ctx: Context): Promise<V>;
  /** By default always. */
  isFresh?(value: V, ctx: Context): boolean;
}

interface Lookup<V> {
  readonly result: Promise<V>;
  readonly stop: AbortController;
  waiting: number;
  found?: { readonly value: V };
}

/**
 * Looks each key up once, however many ask at a time, and remembers what was found for as long as it is
 * fresh. Failures are not remembered. A lookup is stopped when all who wait for it have been told to stop.
 */
export function sharedLookup<Q, V>(options: LookupOptions<Q, V>): (question: Q, ctx: Context) => Promise<V> {
  const lookups = new Map<string, Lookup<V>>();
  const forget = (key: string, lookup: Lookup<V>) => {
    if (lookups.get(key) === lookup) lookups.delete(key);
  };
  return async (question, ctx) => {
    ctx.signal.throwIfAborted();
    const key = options.keyOf(question);
    const known = lookups.get(key);
    const isStale = known?.found && options.isFresh?.(known.found.value, ctx) === false;
    const lookup = known && !isStale ? known : begin(options, question, ctx);
    lookups.set(key, lookup);
    lookup.waiting += 1;
    try {
      return await unlessAborted(lookup.result, ctx.signal);
    } finally {
      lookup.waiting -= 1;
      if (lookup.waiting === 0 && !lookup.found) {
        forget(key, lookup);
        lookup.stop.abort(ctx.signal.reason);
      }
    }
  };
}

function begin<Q, V>(options: LookupOptions<Q, V>, question: Q, ctx: Context): Lookup<V> {
  const stop = new AbortController();
  const result = options.look(question, { ...ctx, signal: stop.signal });
  const lookup: Lookup<V> = { result, stop, waiting: 0 };
  // Before those who wait hear of it, so that they find it noted; who failed is told by the result itself.
  result.then(
    (value) => {
      lookup.found = { value };
    },
    () => {},
  );
  return lookup;
}
