import type { Digest, ImageConfig, Manifest } from '@catamaran/oci';
import { textOf } from './execution-document.ts';

export interface LayerDocument {
  readonly digest: Digest;
  readonly mediaType: string;
  /** Compressed, as it is stored. */
  readonly sizeBytes: number;
  /** Of the uncompressed tar archive; null where the configuration has none. */
  readonly diffId: Digest | null;
  /** The line of the history that made it; null where the history does not say. */
  readonly createdBy: string | null;
}

/** Layers in the order of application, each with the line of the history that made it. */
export function layerDocuments(manifest: Manifest, config: ImageConfig): readonly LayerDocument[] {
  const history = Array.isArray(config.history) ? config.history : [];
  // "empty_layer: […] true if the history item did not create a filesystem diff"
  const makers = history.filter((entry) => !entry?.empty_layer);
  const isComplete = makers.length === manifest.layers.length;
  return manifest.layers.map(({ digest, mediaType, size }, at) => ({
    digest,
    mediaType,
    sizeBytes: size,
    diffId: config.rootfs.diff_ids[at] ?? null,
    createdBy: (isComplete && (textOf(makers[at]?.created_by) || textOf(makers[at]?.comment))) || null,
  }));
}
