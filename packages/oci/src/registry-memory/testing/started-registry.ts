// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import type { MemoryRegistry } from '../memory-registry.ts';
import type { MemoryRegistryOptions } from '../options.ts';
import { startMemoryRegistry } from '../start-memory-registry.ts';

/** A registry that is gone when the test has finished. */
export async function startedRegistry(options: MemoryRegistryOptions = {}): Promise<MemoryRegistry> {
  const registry = await startMemoryRegistry(options);
  onTestFinished(() => registry[Symbol.asyncDispose]());
  return registry;
}
