import {
  CatamaranError,
  type Context,
  dockerArchiveStore,
  formatReference,
  type Image,
  type ImageIndex,
  type ImageStore,
  layoutStore,
  ociArchiveStore,
  type Reference,
  type RegistryStore,
} from '@catamaran/oci';
import type { Location, NamedLocation } from './location.ts';
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
    .catch((error: unknown) => {
      throw location.kind !== 'registry' && location.isBare ? withDockerHub(error, reference) : error;
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

/** A name alone is a layout's here; to those who come from docker it is Docker Hub's. */
function withDockerHub(error: unknown, reference: Reference): unknown {
  if (!(error instanceof CatamaranError)) return error;
  const { code, fault, message, details, cause } = error;
  if (code !== 'CATA_IMAGE_NOT_FOUND' && code !== 'CATA_LAYOUT_MISSING') return error;
  const name = formatReference(reference);
  const onDockerHub = `docker.io/${name.includes('/') ? name : `library/${name}`}`;
  const hint = `${error.hint} On Docker Hub it is ${onDockerHub}.`;
  return new CatamaranError({ code, fault, message, hint, details, cause });
}
