import type { Fault, FaultPlan } from './fault.ts';

/** How a fault of each kind is made, from numbers in [0, 1). */
const makers: { readonly [K in Fault['kind']]: (random: () => number) => Fault & { kind: K } } = {
  'drop-request': (random) => ({ kind: 'drop-request', afterBytes: anySize(random) }),
  'drop-response': (random) => ({ kind: 'drop-response', afterBytes: anySize(random) }),
  status: (random) => statusFault(pick(transientStatuses, random)),
  'truncate-body': (random) => ({ kind: 'truncate-body', bytes: anySize(random) }),
  'corrupt-body': () => ({ kind: 'corrupt-body' }),
  'wrong-digest-header': () => ({ kind: 'wrong-digest-header' }),
  slow: (random) => ({ kind: 'slow', delayMs: 1 + Math.floor(random() * 20) }),
  'lose-upload': () => ({ kind: 'lose-upload' }),
  'forget-part': (random) => ({ kind: 'forget-part', bytes: 1 + anySize(random) }),
};

/** What may be better the next time. */
const transientStatuses = [408, 429, 500, 502, 503, 504] as const;
const largestSizeLog2 = 20;

type FaultyRequest = Parameters<FaultPlan['next']>[0];

/** What a fault needs to be one; the others can befall every request. */
const needs: Partial<Record<Fault['kind'], (request: FaultyRequest) => boolean>> = {
  'truncate-body': ({ method }) => method === 'GET',
  'corrupt-body': ({ method }) => method === 'GET',
  'wrong-digest-header': ({ path }) => /\/(?:blobs|manifests)\//.test(path),
  'lose-upload': ({ path }) => isUpload(path),
  'forget-part': ({ path }) => isUpload(path),
};

/**
 * Lets a share of all requests fail, each in a way of its own, and the same ones for the same seed and the same order
 * of requests.
 * @param options `share` from 0 to 1; `kinds` that may occur, by default all, each where it makes a difference
 */
export function seededFaults(
  seed: number,
  options: { readonly share: number; readonly kinds?: readonly Fault['kind'][] },
): FaultPlan {
  const random = mulberry32(seed);
  const kinds = options.kinds ?? (Object.keys(makers) as readonly Fault['kind'][]);
  return {
    next(request) {
      if (random() >= options.share) return undefined;
      const possible = kinds.filter((kind) => needs[kind]?.(request) ?? true);
      return possible.length === 0 ? undefined : makers[pick(possible, random)](random);
    },
  };
}

/** A request to a session, not the one that begins it. */
function isUpload(path: string): boolean {
  return /\/blobs\/uploads\/[^/?]/.test(path);
}

function statusFault(status: number): Fault & { kind: 'status' } {
  // At once: tests have no time to wait.
  const retryAfter = status === 429 || status === 503 ? { retryAfterSeconds: 0 } : {};
  return { kind: 'status', status, ...retryAfter };
}

/** From 0 bytes to 1 MiB, small ones as often as large ones. */
function anySize(random: () => number): number {
  return Math.floor(2 ** (random() * largestSizeLog2)) - 1;
}

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

/** A 32-bit generator by Tommy Ettinger, in the public domain: small, and good enough to choose faults. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
