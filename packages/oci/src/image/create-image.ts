import { ociErrors } from '../errors/errors.ts';
import type { Layer } from '../layer/layer.ts';
import type { Annotations } from '../model/descriptor.ts';
import type { ExecutionConfig, HistoryEntry, ImageConfig } from '../model/image-config.ts';
import type { Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { Platform } from '../model/platform.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';
import { baseHistory } from './base-history.ts';
import type { Image } from './image.ts';

/** A layer with the line that `history` has for it. */
export interface ImagePart {
  readonly layer: Layer;
  readonly createdBy: string;
}

export interface ImageOptions {
  readonly platform: Platform;
  /** What the parts are put on: its layers, and what it says of them, come first and as they are. */
  readonly base?: Image;
  readonly parts: readonly ImagePart[];
  readonly execution: ExecutionConfig;
  readonly annotations?: Annotations;
  /** RFC 3339; the same for everything in the image. */
  readonly created: string;
}

/**
 * Puts an image together from layers that exist: config, manifest, and nothing that depends on when or where.
 * @throws CATA_MANIFEST_INVALID when the base contradicts itself
 */
export async function createImage(options: ImageOptions): Promise<Image> {
  const baseLayers = (await options.base?.layers()) ?? [];
  const layers = [...baseLayers, ...options.parts.map((part) => part.layer)];
  const config = rawFromValue(await imageConfig(options, baseLayers.length));
  const manifest: Raw<Manifest> = rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: describeRaw(mediaTypes.config, config),
    layers: await Promise.all(layers.map((layer) => layer.descriptor())),
    ...(options.annotations ? { annotations: options.annotations } : {}),
  });
  return { manifest: async () => manifest, config: async () => config, layers: async () => layers };
}

async function imageConfig(
  { platform, base, parts, execution, created }: ImageOptions,
  baseLayers: number,
): Promise<ImageConfig> {
  const below = (await base?.config())?.value;
  const belowIds = below?.rootfs.diff_ids ?? [];
  if (belowIds.length !== baseLayers) {
    const reason = `it has ${baseLayers} layers and ${belowIds.length} diff IDs`;
    throw ociErrors.CATA_MANIFEST_INVALID({ subject: 'The base', reason });
  }
  const own = parts.map((part): HistoryEntry => ({ created, created_by: part.createdBy }));
  const ownIds = await Promise.all(parts.map((part) => part.layer.diffId()));
  return {
    created,
    architecture: platform.architecture,
    ...(platform.variant ? { variant: platform.variant } : {}),
    os: platform.os,
    config: execution,
    rootfs: { type: 'layers', diff_ids: [...belowIds, ...ownIds] },
    history: [...(below ? baseHistory(below) : []), ...own],
  };
}
