import type { ImageUse } from '@catamaran/check/look';
import type { Digest } from '@catamaran/oci';
import type { LayerDocument } from './layer-document.ts';

/** What `catamaran inspect --layers --json` prints, with the reference before it. Layers are numbered from 1. */
export interface LayersDocument {
  readonly kind: 'layers';
  readonly digest: Digest;
  readonly platform: string;
  readonly layers: readonly (LayerDocument & LayerUseDocument)[];
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  /** Of all files of all layers. */
  readonly fileBytes: number;
  /** Of files that a later layer replaces or deletes. */
  readonly wastedBytes: number;
  /** The part of `fileBytes` that is to be seen in the image, from 0 to 1. */
  readonly efficiency: number;
  /** The largest first. */
  readonly wasted: readonly {
    readonly path: string;
    readonly sizeBytes: number;
    readonly layer: number;
    readonly how: 'replaced' | 'deleted';
    readonly byLayer: number;
  }[];
  /** What the same content takes in several files of the image, beyond the first. */
  readonly repeatedBytes: number;
  readonly repeated: readonly {
    readonly digest: Digest;
    readonly sizeBytes: number;
    readonly repeatedBytes: number;
    readonly paths: readonly string[];
  }[];
}

interface LayerUseDocument {
  readonly layer: number;
  readonly uncompressedBytes: number;
  /** How many files it adds, changes and deletes; folders are not counted. */
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly wastedBytes: number;
}

export function layersDocument(
  image: Pick<LayersDocument, 'digest' | 'platform'>,
  layers: readonly LayerDocument[],
  use: ImageUse,
): LayersDocument {
  const used = use.layers.map((layer, at) => ({ layer: at + 1, ...layer }));
  return {
    kind: 'layers',
    ...image,
    layers: layers.flatMap((layer, at) => (used[at] ? [{ ...layer, ...used[at] }] : [])),
    compressedBytes: layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    uncompressedBytes: used.reduce((sum, { uncompressedBytes }) => sum + uncompressedBytes, 0),
    fileBytes: use.fileBytes,
    wastedBytes: use.wastedBytes,
    efficiency: use.efficiency,
    wasted: use.wasted.map(({ path, sizeBytes, layerIndex, how, byLayerIndex }) => ({
      path: `/${path}`,
      sizeBytes,
      layer: layerIndex + 1,
      how,
      byLayer: byLayerIndex + 1,
    })),
    repeatedBytes: use.repeatedBytes,
    repeated: use.repeated.map((one) => ({ ...one, paths: one.paths.map((path) => `/${path}`) })),
  };
}
