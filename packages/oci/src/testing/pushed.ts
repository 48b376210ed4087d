import { type Context, createContext } from '../context/context.ts';
import type { Event } from '../context/event.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { parseReference } from '../model/reference.ts';
import type { RegistryOptions } from '../registry/registry-options.ts';
import { registryStore } from '../registry/registry-store.ts';
import type { MemoryRegistry } from '../registry-memory/index.ts';
import { impatient } from './pulled.ts';

export interface Pushed {
  /** What it ended with; undefined when all went well. */
  readonly error: unknown;
  readonly events: readonly Event[];
}

/** Pushes one image as `team/app:1`, in a store of its own. */
export async function pushed(
  registry: Pick<MemoryRegistry, 'address'>,
  image: Image | ImageIndex,
  options: RegistryOptions = {},
  parts: Partial<Context> = {},
): Promise<Pushed> {
  const events: Event[] = [];
  const ctx = createContext({ ...parts, emit: (event) => void events.push(event) });
  await using store = registryStore({ retry: impatient, ...options });
  const reference = parseReference(`${registry.address}/team/app:1`);
  const error = await store.put(reference, image, ctx).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, events };
}
