import {
  createImage,
  createIndex,
  type ExecutionConfig,
  type Image,
  type ImageIndex,
  type ImagePart,
  type Platform,
  platforms,
  type TarEntry,
} from '@catamaran/oci';
import { layerOf } from '../../packages/oci/src/testing/memory-layer.ts';

/** A layer with these entries, in the order given. */
export async function plantedPart(createdBy: string, ...entries: readonly TarEntry[]): Promise<ImagePart> {
  return { layer: await layerOf(...entries), createdBy };
}

export function plantedImage(
  platform: Platform,
  parts: readonly ImagePart[],
  execution: ExecutionConfig = {},
): Promise<Image> {
  return createImage({ platform, parts, execution, created: '2026-01-02T03:04:05Z' });
}

/** The same layers for every platform. */
export async function plantedIndex(
  parts: readonly ImagePart[],
  execution?: ExecutionConfig,
): Promise<ImageIndex> {
  return createIndex(
    await Promise.all(
      platforms.map(async (platform) => ({
        platform,
        image: await plantedImage(platform, parts, execution),
      })),
    ),
  );
}
