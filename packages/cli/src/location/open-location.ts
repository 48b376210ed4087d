import {
  type Context,
  dockerArchiveStore,
  type Image,
  type ImageIndex,
  type ImageStore,
  layoutStore,
  ociArchiveStore,
  type RegistryStore,
} from '@catamaran/oci';
import type { Location, NamedLocation } from './location.ts';
import { withNotFoundHint } from './not-found-hint.ts';
import { onlyImage } from './only-image.ts';

/** The image that is there. @throws what its store throws; CATA_LOCATION_NAME_MISSING */
export async function readLocation(
  location: Location,
  registries: RegistryStore,
  ctx: Context,
): Promise<Image | ImageIndex> {
  const { reference } = await namedLocation(location, ctx);
  return storeOf(location, registries)
    .get(reference, ctx)
    .catch(async (error: unknown) => {
      throw await withNotFoundHint(error, location, reference);
    });
}

/** With the name of the only image, where none was given. @throws CATA_LOCATION_NAME_MISSING */
export async function namedLocation(location: Location, ctx: Context): Promise<NamedLocation> {
  if (location.kind === 'registry') return location;
  const reference = location.reference ?? (await onlyImage(location, ctx)) ?? { repository: '' };
  return { ...location, reference };
}

export function storeOf(location: Location, registries: RegistryStore): ImageStore {
  switch (location.kind) {
    case 'registry':
      return registries;
    case 'oci':
      return layoutStore(location.path);
    case 'oci-archive':
      return ociArchiveStore(location.path);
    case 'docker-archive':
      return dockerArchiveStore(location.path);
  }
}
