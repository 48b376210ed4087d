import {
  blobLayer,
  type Context,
  compressionVersion,
  type Digest,
  Digester,
  type GzipMember,
  type Layer,
  mediaTypes,
  runStep,
} from '@catamaran/oci';
import type { Cache } from './cache.ts';

interface LayerRecord {
  /** How it was compressed; a layer of another version would have another digest. */
  readonly compression: number;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly diffId: Digest;
}

/** What makes a layer the layer that it is, and what to call the work when it has to be made. */
export interface LayerRecipe {
  /** Changes with everything that the layer's bytes depend on. */
  readonly key: string;
  readonly title: string;
}

const underWay = new WeakMap<Cache, Map<string, Promise<Layer>>>();

/**
 * The layer kept under the recipe's key, or the one that `members` makes: gzip members, one after the other. Platforms
 * that ask for the same layer at the same time wait for one and the same.
 */
export function cachedLayer(
  recipe: LayerRecipe,
  cache: Cache,
  ctx: Context,
  members: () => AsyncIterable<GzipMember>,
): Promise<Layer> {
  const layers = underWay.get(cache) ?? new Map<string, Promise<Layer>>();
  underWay.set(cache, layers);
  const found =
    layers.get(recipe.key) ??
    findOrMake(recipe, cache, ctx, members).finally(() => layers.delete(recipe.key));
  layers.set(recipe.key, found);
  return found;
}

async function findOrMake(
  { key, title }: LayerRecipe,
  cache: Cache,
  ctx: Context,
  members: () => AsyncIterable<GzipMember>,
): Promise<Layer> {
  const kept = await cache.getJson<LayerRecord>('layers', key);
  if (kept?.compression === compressionVersion && (await cache.blobs.has(kept.digest, kept.sizeBytes)))
    return layerOf(kept, cache);
  return runStep(`layer.${key}`, title, ctx, async () => {
    const diffId = new Digester();
    const written = await cache.blobs.add(compressedOf(members(), diffId), ctx.signal);
    const compression = compressionVersion;
    const record: LayerRecord = { compression, ...written, diffId: diffId.digest() };
    await cache.putJson('layers', key, record);
    return layerOf(record, cache);
  });
}

async function* compressedOf(
  members: AsyncIterable<GzipMember>,
  diffId: Digester,
): AsyncIterable<Uint8Array> {
  for await (const member of members) {
    diffId.update(member.uncompressed);
    yield member.compressed;
  }
}

function layerOf(record: LayerRecord, cache: Cache): Layer {
  return blobLayer({
    descriptor: { mediaType: mediaTypes.layerGzip, digest: record.digest, size: record.sizeBytes },
    diffId: record.diffId,
    path: cache.blobs.path(record.digest),
    open: (startBytes) => cache.blobs.read(record.digest, startBytes),
  });
}
