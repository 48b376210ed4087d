import type { LoadJob, Scenario } from '../src/index.ts';

/** A job of one phase against `/`, with what a test wants to be different. */
export function loadJob(
  baseUrl: string,
  ratePerSecond: number,
  durationMs: number,
  differences: Partial<LoadJob> = {},
): LoadJob {
  return {
    baseUrl,
    phases: [{ name: 'steady', durationMs, ratePerSecond }],
    scenarios: [scenario('/')],
    seed: 1,
    requestTimeoutMs: 5000,
    maxInFlight: 1000,
    ...differences,
  };
}

export function scenario(...paths: readonly string[]): Scenario {
  const steps = paths.map((path) => ({ method: 'GET', path, headers: {} }) as const);
  return { name: paths.join(' '), weight: 1, steps };
}

export const noProgress = () => {};
export const { signal: neverAborted } = new AbortController();
