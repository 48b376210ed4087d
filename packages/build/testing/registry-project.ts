import { createContext, type Event, type Image, type RegistryStore, registryStore } from '@catamaran/oci';
import { startMemoryRegistry } from '@catamaran/oci/registry-memory';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import type { BaseSource } from '../src/bases/base-source.ts';
import { lockFile } from '../src/bases/lock/lock-file.ts';
import { registryBase } from '../src/bases/registry/registry-base.ts';
import { openCache } from '../src/cache/cache.ts';
import { RecordedInputs } from '../src/inputs/input-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A registry in the process that counts what it is asked, gone when the test has finished. */
export async function startedMemoryRegistry() {
  const registry = await startMemoryRegistry();
  onTestFinished(() => registry[Symbol.asyncDispose]());
  return registry;
}

/** A store, closed when the test has finished. */
export function openedStore(): RegistryStore {
  const store = registryStore({ retry: { retries: 1, firstWaitMs: 1, maxWaitMs: 5 } });
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
}

/** A project with a base in a registry: its folder for the lock file, and a cache; each build of it is a new base. */
export function registryProject(image: string) {
  const folder = temporaryFolder();
  const cache = openCache(temporaryFolder());
  const store = openedStore();
  const events: Event[] = [];
  const inputs = new RecordedInputs();
  const ctx = createContext({ emit: (event) => void events.push(event) });
  const lock = lockFile(folder, inputs);
  const build = (): BaseSource => registryBase(image, { registry: async () => store, lock, cache, inputs });
  const titles = () => events.flatMap((event) => (event.type === 'step.started' ? [event.title] : []));
  return { folder, cache, store, events, titles, inputs, ctx, lock, build };
}

/** Reads a whole image, as putting it into a layout does. */
export async function readAll(image: Image): Promise<void> {
  for (const layer of await image.layers()) for await (const _ of layer.uncompressed());
}
