import type { Layer } from '../layer/layer.ts';
import type { Annotations } from '../model/descriptor.ts';
import type { ExecutionConfig, HistoryEntry, ImageConfig } from '../model/image-config.ts';
import type { Manifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { Platform } from '../model/platform.ts';
import { describeRaw, type Raw, rawFromValue } from '../model/raw.ts';
import type { Image } from './image.ts';

/** A layer with the line that `history` has for it. */
export interface ImagePart {
  readonly layer: Layer;
  readonly createdBy: string;
}

export interface ImageOptions {
  readonly platform: Platform;
  readonly parts: readonly ImagePart[];
  readonly execution: ExecutionConfig;
  readonly annotations?: Annotations;
  /** RFC 3339; the same for everything in the image. */
  readonly created: string;
}

/** Puts an image together from layers that exist: config, manifest, and nothing that depends on when or where. */
export async function createImage(options: ImageOptions): Promise<Image> {
  const layers = options.parts.map((part) => part.layer);
  const config = rawFromValue(await imageConfig(options));
  const manifest: Raw<Manifest> = rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: describeRaw(mediaTypes.config, config),
    layers: await Promise.all(layers.map((layer) => layer.descriptor())),
    ...(options.annotations ? { annotations: options.annotations } : {}),
  });
  return { manifest: async () => manifest, config: async () => config, layers: async () => layers };
}

async function imageConfig({ platform, parts, execution, created }: ImageOptions): Promise<ImageConfig> {
  const history: HistoryEntry[] = parts.map((part) => ({ created, created_by: part.createdBy }));
  return {
    created,
    architecture: platform.architecture,
    ...(platform.variant ? { variant: platform.variant } : {}),
    os: platform.os,
    config: execution,
    rootfs: { type: 'layers', diff_ids: await Promise.all(parts.map((part) => part.layer.diffId())) },
    history,
  };
}
