import { familiarName } from '../docker-archive/familiar-name.ts';
import type { Image } from '../image/image.ts';
import { type ByteStream, streamOf } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { digestHex, digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import type { Reference } from '../model/reference.ts';
import type { StreamedFile } from '../tar/stream-tar.ts';

/** What `docker load` reads, with its sizes known before anything is read. */
export interface SentArchive {
  readonly entries: readonly StreamedFile[];
  /** Of the contents. */
  readonly sizeBytes: number;
}

/**
 * An image as an engine is sent it. Its layers stay compressed where the engine can decompress them: half as much to
 * send, and nothing to do here. Layers that the engine has are named, and not sent.
 * @param present how many of the lowest layers it has
 */
export async function savedImageArchive(
  image: Image,
  names: readonly Reference[],
  present: number,
): Promise<SentArchive> {
  const config = await image.config();
  const configPath = `${digestHex(digestOf(config.bytes))}.json`;
  const layers = await Promise.all((await image.layers()).map(sentLayer));
  const saved = [
    { Config: configPath, RepoTags: names.map(familiarName), Layers: layers.map(({ path }) => path) },
  ];
  const sent = new Map(layers.slice(present).map((layer) => [layer.path, layer]));
  return archiveOf([
    bytesFile(configPath, config.bytes),
    ...sent.values(),
    bytesFile('manifest.json', Buffer.from(JSON.stringify(saved))),
  ]);
}

export function archiveOf(entries: readonly StreamedFile[]): SentArchive {
  return { entries, sizeBytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

export function bytesFile(path: string, bytes: Uint8Array): StreamedFile {
  return streamedFile(path, bytes.byteLength, () => streamOf(bytes));
}

export function streamedFile(path: string, sizeBytes: number, content: () => ByteStream): StreamedFile {
  return { type: 'file', path, mode: 0o644, sizeBytes, content };
}

/** Every engine knows gzip; of what not every one knows, the length of the content is found out by reading it. */
async function sentLayer(layer: Layer): Promise<StreamedFile> {
  const { mediaType, size } = await layer.descriptor();
  const path = `${digestHex(await layer.diffId())}.tar`;
  const isPlain = mediaType === mediaTypes.layerTar;
  if (isPlain || /[+.]gzip$/.test(mediaType)) return streamedFile(path, size, () => layer.compressed());
  let sizeBytes = 0;
  for await (const chunk of layer.uncompressed()) sizeBytes += chunk.byteLength;
  return streamedFile(path, sizeBytes, () => layer.uncompressed());
}
