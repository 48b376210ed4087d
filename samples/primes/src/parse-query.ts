import { ProblemError } from './problem.ts';

/** A query parameter that is a whole number, and what it is when it is absent. */
export interface Bounds {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

export const nBounds: Bounds = { fallback: 10_000_000, min: 0, max: 50_000_000 };

/** Segments that are too small would make of a request a long one: each costs a look at every base prime. */
export const segmentBounds: Bounds = { fallback: 10_000, min: 1000, max: 10_000_000 };

/**
 * Reads a query with these parameters and no others.
 * @param query a parameter that is there more than once is an array
 * @throws ProblemError, with a text for the client
 */
export function parseQuery<const Name extends string>(
  query: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<Name, Bounds>>,
): Readonly<Record<Name, number>> {
  const names = Object.keys(parameters) as Name[];
  const unknown = Object.keys(query).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) {
    const detail = `There is no parameter ${JSON.stringify(unknown)}; there is ${names.join(' and ')}.`;
    throw new ProblemError(400, detail, unknown);
  }
  const values = names.map((name) => [name, parseNumber(name, query[name], parameters[name])] as const);
  return Object.fromEntries(values) as Record<Name, number>;
}

function parseNumber(name: string, value: unknown, { fallback, min, max }: Bounds): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  const detail = `${name} must be a whole number from ${min} to ${max}, but is ${JSON.stringify(value)}.`;
  throw new ProblemError(400, detail, name);
}
