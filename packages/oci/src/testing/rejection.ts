// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { expect } from 'vitest';

/** What a promise is rejected with, for a closer look; the test fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was let through'),
    (error: unknown) => error,
  );
}
