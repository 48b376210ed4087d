import {
  blobLayer,
  createImage,
  digestOf,
  type ExecutionConfig,
  endOfTar,
  gzipMember,
  type Image,
  type Layer,
  mediaTypes,
  type Platform,
  streamOf,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';

/** A layer in memory that counts how often it is read. */
export async function layerOf(...entries: readonly TarEntry[]): Promise<Layer & { readonly opened: number }> {
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const blob = await gzipMember(tar);
  let opened = 0;
  const layer = blobLayer({
    descriptor: { mediaType: mediaTypes.layerGzip, digest: digestOf(blob), size: blob.byteLength },
    diffId: digestOf(tar),
    open: () => {
      opened++;
      return streamOf(blob);
    },
  });
  return {
    ...layer,
    get opened() {
      return opened;
    },
  };
}

export function imageOf(platform: Platform, ...layers: readonly Layer[]): Promise<Image> {
  return startedImage(platform, {}, ...layers);
}

/** An image that starts something. */
export function startedImage(
  platform: Platform,
  execution: ExecutionConfig,
  ...layers: readonly Layer[]
): Promise<Image> {
  const parts = layers.map((layer) => ({ layer, createdBy: 'test' }));
  return createImage({ platform, parts, execution, created: '1970-01-01T00:00:00Z' });
}
