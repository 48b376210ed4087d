import type { Descriptor } from '../model/descriptor.ts';
import { describeRaw } from '../model/raw.ts';
import type { Image, ImageIndex } from './image.ts';

/** What an index, or a registry, would point at it with; without a platform. */
export async function descriptorOf(image: Image | ImageIndex): Promise<Descriptor> {
  const manifest = await image.manifest();
  return describeRaw(manifest.value.mediaType, manifest);
}
