import { execFileSync } from 'node:child_process';
import {
  blobLayer,
  createContext,
  createImage,
  createIndex,
  digestOf,
  type ExecutionConfig,
  endOfTar,
  gzipMember,
  type Image,
  type ImageIndex,
  type Layer,
  layoutStore,
  mediaTypes,
  type Platform,
  parseReference,
  platforms,
  streamOf,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';

export const [amd64, arm64] = platforms as [Platform, Platform];

/** A layer in memory. */
async function layerOf(...entries: readonly TarEntry[]): Promise<Layer> {
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const bytes = await gzipMember(tar);
  return blobLayer({
    descriptor: { mediaType: mediaTypes.layerGzip, digest: digestOf(bytes), size: bytes.byteLength },
    diffId: digestOf(tar),
    open: (startBytes = 0) => streamOf(bytes.subarray(startBytes)),
  });
}

/** An image of these layers, as somebody else may have made it. */
export async function imageOf(
  platform: Platform,
  layers: readonly (readonly TarEntry[])[],
  execution: ExecutionConfig = {},
): Promise<Image> {
  const made = await Promise.all(layers.map((entries) => layerOf(...entries)));
  const parts = made.map((layer, at) => ({ layer, createdBy: `RUN step ${at}` }));
  return createImage({ platform, parts, execution, created: '2020-01-02T03:04:05Z' });
}

/** One of each platform. */
export async function indexOf(
  layersFor: (platform: Platform) => readonly (readonly TarEntry[])[],
  execution: ExecutionConfig = {},
): Promise<ImageIndex> {
  return createIndex(
    await Promise.all(
      platforms.map(async (platform) => ({
        platform,
        image: await imageOf(platform, layersFor(platform), execution),
      })),
    ),
  );
}

/** Puts an image into a layout on disk, where skopeo finds it as `oci:folder:name`. */
export async function putInLayout(folder: string, name: string, image: Image | ImageIndex): Promise<void> {
  await layoutStore(folder).put(parseReference(name), image, createContext());
}

/** What skopeo prints; throws with its complaint when it fails. */
export function skopeo(...args: readonly string[]): string {
  return execFileSync('skopeo', ['--insecure-policy', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A layer that is not compressed: for what takes long to compress. */
export function plainLayerOf(...entries: readonly TarEntry[]): Layer {
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  return blobLayer({
    descriptor: { mediaType: mediaTypes.layerTar, digest: digestOf(tar), size: tar.byteLength },
    diffId: digestOf(tar),
    open: (startBytes = 0) => streamOf(tar.subarray(startBytes)),
  });
}
