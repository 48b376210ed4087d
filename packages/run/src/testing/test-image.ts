import {
  blobLayer,
  collectBytes,
  createImage,
  digestOf,
  type ExecutionConfig,
  endOfTar,
  gzipMembers,
  hostPlatform,
  type Image,
  type Layer,
  mediaTypes,
  type Platform,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';

/** A gzip-compressed layer in memory. */
export async function layerOf(...entries: readonly TarEntry[]): Promise<Layer> {
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const members: Uint8Array[] = [];
  for await (const { compressed } of gzipMembers([tar])) members.push(compressed);
  return memoryLayer(tar, Buffer.concat(members), mediaTypes.layerGzip);
}

/** A layer that is not compressed, for large files. */
export async function plainLayerOf(...entries: readonly TarEntry[]): Promise<Layer> {
  const tar = await collectBytes([...writeTarEntries(entries, 0), endOfTar]);
  return memoryLayer(tar, tar, mediaTypes.layerTar);
}

export function ownPlatform(): Platform {
  const platform = hostPlatform();
  if (!platform) throw new Error(`No platform for ${process.platform}/${process.arch}.`);
  return platform;
}

export function imageOf(
  layers: readonly Layer[],
  execution: ExecutionConfig = {},
  platform: Platform = ownPlatform(),
): Promise<Image> {
  const parts = layers.map((layer) => ({ layer, createdBy: 'test' }));
  return createImage({ platform, parts, execution, created: '1970-01-01T00:00:00Z' });
}

function memoryLayer(tar: Uint8Array, blob: Uint8Array, mediaType: string): Layer {
  return blobLayer({
    descriptor: { mediaType, digest: digestOf(blob), size: blob.byteLength },
    diffId: digestOf(tar),
    open: async function* () {
      yield blob;
    },
  });
}
