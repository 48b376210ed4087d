import { type Context, createContext } from '../context/context.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { parseReference } from '../model/reference.ts';
import type { RegistryOptions } from '../registry/registry-options.ts';
import { registryStore } from '../registry/registry-store.ts';
import { helloIndex } from './hello-index.ts';
import type { StartedEcr } from './started-ecr.ts';

interface PushOptions extends RegistryOptions {
  readonly name?: string;
  readonly image?: Image | ImageIndex;
  readonly ctx?: Context;
}

/** An index of both platforms as team/hello:1, unless told otherwise. */
export async function pushTo(
  { host, options }: StartedEcr,
  { name = 'team/hello:1', image, ctx = createContext(), ...more }: PushOptions = {},
): Promise<Descriptor> {
  await using store = registryStore({ ...options, ...more });
  return await store.put(parseReference(`${host}/${name}`), image ?? (await helloIndex()), ctx);
}
