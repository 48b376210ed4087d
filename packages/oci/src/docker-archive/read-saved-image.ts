import type { ArchiveFile } from '../archive/archive-file.ts';
import { archiveInvalid } from '../archive/open-file.ts';
import { storedImage } from '../content/stored-image.ts';
import { ociErrors } from '../errors/errors.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { streamOf } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { type Digest, digestOf } from '../model/digest.ts';
import type { ImageConfig } from '../model/image-config.ts';
import { mediaTypes } from '../model/media-types.ts';
import { parseImageConfig } from '../model/parse-image-config.ts';
import { describeRaw, type Raw } from '../model/raw.ts';
import { ociManifest } from './oci-manifest.ts';
import { imageId, type SavedImage } from './saved-images.ts';
import { describeLayer, type SavedLayer } from './saved-layer.ts';

export interface FoundImage {
  readonly descriptor: Descriptor;
  readonly image: Image | ImageIndex;
}

/** An image of an archive of Docker's, with a manifest in OCI's form. @throws as `describeLayer`, CATA_MANIFEST_INVALID */
export async function readSavedImage(
  saved: SavedImage,
  archive: ArchiveFile,
  signal: AbortSignal,
): Promise<FoundImage> {
  const config = await readConfig(saved, archive);
  const layers = await describeLayers(saved, config.value.rootfs.diff_ids, archive, signal);
  const manifest = ociManifest(
    config,
    layers.map(({ descriptor }) => descriptor),
  );
  const descriptor = describeRaw(mediaTypes.manifest, manifest);
  const entries = new Map(layers.map((layer) => [layer.descriptor.digest, layer.entry]));
  const image = storedImage(descriptor, {
    place: `the archive "${archive.path}"`,
    openManifest: () => streamOf(manifest.bytes),
    openBlob: ({ digest }, startBytes = 0) => {
      const entry = entries.get(digest);
      return entry ? archive.open(entry, startBytes) : streamOf(config.bytes.subarray(startBytes));
    },
  });
  return { descriptor, image };
}

async function readConfig(saved: SavedImage, archive: ArchiveFile): Promise<Raw<ImageConfig>> {
  const { bytes } = await archive.readJson(saved.config);
  const subject = `The configuration "${saved.config}" in the archive "${archive.path}"`;
  const [expected, actual] = [imageId(saved), digestOf(bytes)];
  if (expected && expected !== actual) {
    throw ociErrors.CATA_DIGEST_MISMATCH({ subject, actual, expected });
  }
  return parseImageConfig(bytes, subject);
}

async function describeLayers(
  { layers: paths }: SavedImage,
  diffIds: readonly Digest[],
  archive: ArchiveFile,
  signal: AbortSignal,
): Promise<SavedLayer[]> {
  const described = new Map<string, SavedLayer>();
  const layers: SavedLayer[] = [];
  for (const [at, path] of paths.entries()) {
    const diffId = diffIds[at];
    if (!diffId || paths.length !== diffIds.length) {
      const reason = `manifest.json names ${paths.length} layers, and the configuration ${diffIds.length}`;
      throw archiveInvalid(archive.path, reason);
    }
    const key = `${diffId} ${path}`;
    const layer = described.get(key) ?? (await describeLayer(path, diffId, archive, signal));
    described.set(key, layer);
    layers.push(layer);
  }
  return layers;
}
