import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { MemoryRegistry } from '../registry-memory/index.ts';

export interface PlantedDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** The parts of a small image, and what a test may make of their descriptors. */
export interface ImageParts {
  readonly layer: Uint8Array;
  readonly config: Uint8Array;
  readonly manifest: Uint8Array;
}

export function describe256(bytes: Uint8Array, mediaType: string): PlantedDescriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
}

/** @param changes to the descriptors in its manifest: lies */
export function imageParts(
  changes: { readonly layer?: Partial<PlantedDescriptor>; readonly config?: Partial<PlantedDescriptor> } = {},
  layer: Uint8Array = Buffer.from('a layer that is good for copying'),
): ImageParts {
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] };
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs }));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { ...describe256(config, mediaTypes.config), ...changes.config },
    layers: [{ ...describe256(layer, mediaTypes.layerTar), ...changes.layer }],
  };
  return { layer, config, manifest: Buffer.from(JSON.stringify(manifest)) };
}

/** Puts the parts of an image into a registry as they are, under its digest and, where given, a tag. */
export function plantImage(
  registry: MemoryRegistry,
  repository: string,
  { layer, config, manifest }: ImageParts,
  tag?: string,
): PlantedDescriptor {
  const descriptor = describe256(manifest, mediaTypes.manifest);
  registry.plantBlob(repository, digestOf(layer), layer);
  registry.plantBlob(repository, digestOf(config), config);
  registry.plantManifest(repository, tag ?? descriptor.digest, mediaTypes.manifest, manifest);
  return descriptor;
}

/** An index with these entries under a tag. */
export function plantIndex(
  registry: MemoryRegistry,
  repository: string,
  reference: string | undefined,
  manifests: readonly object[],
): PlantedDescriptor {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }));
  const descriptor = describe256(bytes, mediaTypes.index);
  registry.plantManifest(repository, reference ?? descriptor.digest, mediaTypes.index, bytes);
  return descriptor;
}
