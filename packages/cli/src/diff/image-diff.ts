import { type ContentsCache, compareFiles, configChanges } from '@catamaran/check/look';
import { type Context, descriptorOf, formatPlatform, type Image } from '@catamaran/oci';
import { layerDocuments } from '../inspect/layer-document.ts';
import type { ComparedImage, ImageDiff } from './diff-document.ts';
import { layerChanges } from './layer-changes.ts';

/** Compares two images. What is the same to the digest is not looked into. */
export async function imageDiff(
  before: Image,
  after: Image,
  cache: ContentsCache,
  ctx: Context,
): Promise<ImageDiff> {
  const [old, now] = [await described(before), await described(after)];
  const same = old.image.digest === now.image.digest;
  const files = same ? { files: [], packages: [] } : await compareFiles(before, after, cache, ctx);
  return {
    before: old.image,
    after: now.image,
    same,
    config: configChanges(old.configured, now.configured),
    layers: layerChanges(old.layers, now.layers),
    ...files,
  };
}

async function described(image: Image) {
  const [manifest, config, { digest }] = await Promise.all([
    image.manifest(),
    image.config(),
    descriptorOf(image),
  ]);
  const layers = layerDocuments(manifest.value, config.value);
  const compressedBytes = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const compared: ComparedImage = { platform: formatPlatform(config.value), digest, compressedBytes };
  return { image: compared, layers, configured: { config: config.value, manifest: manifest.value } };
}
