import type { Digest } from '@catamaran/oci';
import type { LayerDocument } from '../inspect/layer-document.ts';

/** Layers by what is in them: one that is compressed otherwise is the same. Each in the order of its image. */
export interface LayerChanges {
  readonly shared: readonly LayerDocument[];
  readonly onlyBefore: readonly LayerDocument[];
  readonly onlyAfter: readonly LayerDocument[];
}

export function layerChanges(
  before: readonly LayerDocument[],
  after: readonly LayerDocument[],
): LayerChanges {
  const [old, now] = [before, after].map((layers) => new Set(layers.map(contentOf)));
  return {
    shared: after.filter((layer) => old?.has(contentOf(layer))),
    onlyBefore: before.filter((layer) => !now?.has(contentOf(layer))),
    onlyAfter: after.filter((layer) => !old?.has(contentOf(layer))),
  };
}

function contentOf({ diffId, digest }: LayerDocument): Digest {
  return diffId ?? digest;
}
