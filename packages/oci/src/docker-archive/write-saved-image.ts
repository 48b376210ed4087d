import type { ArchiveWriter } from '../archive/archive-writer.ts';
import { ociErrors } from '../errors/errors.ts';
import type { Image } from '../image/image.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { type Digest, Digester, digestHex, digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { describeRaw } from '../model/raw.ts';
import { ociManifest } from './oci-manifest.ts';

/**
 * Writes what `docker load` reads: the configuration and the plain layers, each once and sorted by name, then `manifest.json`.
 * @returns the descriptor that the image has when it is read from there
 * @throws CATA_DIGEST_MISMATCH, CATA_MANIFEST_INVALID, and what the layers throw
 */
export async function writeSavedImage(
  writer: ArchiveWriter,
  image: Image,
  name: string,
): Promise<Descriptor> {
  const config = await image.config();
  const diffIds = config.value.rootfs.diff_ids;
  const layers = await layersByDiffId(image, diffIds);
  const configPath = `${digestHex(digestOf(config.bytes))}.json`;
  const contents = new Map<string, ByteStream | Iterable<Uint8Array>>([
    [configPath, [config.bytes]],
    ...[...layers].map(([diffId, layer]) => [layerPath(diffId), plainLayer(layer, diffId)] as const),
  ]);
  const sizes = new Map<string, number>();
  for (const [path, content] of [...contents].sort(([a], [b]) => (a < b ? -1 : 1))) {
    sizes.set(path, await writer.addFile(path, content));
  }
  const saved = [{ Config: configPath, RepoTags: [name], Layers: diffIds.map(layerPath) }];
  await writer.addFile('manifest.json', [Buffer.from(JSON.stringify(saved))]);
  const described = diffIds.map((digest) => ({
    mediaType: mediaTypes.layerTar,
    digest,
    size: sizes.get(layerPath(digest)) ?? 0,
  }));
  return describeRaw(mediaTypes.manifest, ociManifest(config, described));
}

function layerPath(diffId: Digest): string {
  return `${digestHex(diffId)}.tar`;
}

async function layersByDiffId(image: Image, diffIds: readonly Digest[]): Promise<Map<Digest, Layer>> {
  const layers = await image.layers();
  if (layers.length !== diffIds.length) {
    throw ociErrors.CATA_MANIFEST_INVALID({
      subject: `The image ${digestOf((await image.manifest()).bytes)}`,
      reason: `it has ${layers.length} layers, and its configuration names ${diffIds.length}`,
    });
  }
  return new Map(diffIds.flatMap((diffId, at) => layers.slice(at, at + 1).map((layer) => [diffId, layer])));
}

/** What Docker unpacks is what the configuration names. */
async function* plainLayer(layer: Layer, diffId: Digest): ByteStream {
  const digester = new Digester();
  for await (const chunk of layer.uncompressed()) {
    digester.update(chunk);
    yield chunk;
  }
  const actual = digester.digest();
  if (actual === diffId) return;
  const subject = `The content of the layer ${(await layer.descriptor()).digest}`;
  throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual, expected: diffId });
}
