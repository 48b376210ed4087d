import {
  blobLayer,
  createImage,
  createIndex,
  digestOf,
  type ExecutionConfig,
  endOfTar,
  gzipMember,
  type Image,
  type ImageIndex,
  type ImagePart,
  mediaTypes,
  type Platform,
  platforms,
  streamOf,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';

/** A layer with these entries, in the order given. */
export async function plantedPart(createdBy: string, ...entries: readonly TarEntry[]): Promise<ImagePart> {
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const bytes = await gzipMember(tar);
  const layer = blobLayer({
    descriptor: { mediaType: mediaTypes.layerGzip, digest: digestOf(bytes), size: bytes.byteLength },
    diffId: digestOf(tar),
    open: () => streamOf(bytes),
  });
  return { layer, createdBy };
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
