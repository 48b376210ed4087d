import { blobLayer, type Digest, Digester, type GzipMember, type Layer, mediaTypes } from '@catamaran/oci';
import type { Cache } from './cache.ts';

interface LayerRecord {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly diffId: Digest;
}

const underWay = new WeakMap<Cache, Map<string, Promise<Layer>>>();

/**
 * The layer kept under `key`, or the one that `members` makes: gzip members, one after the other. Platforms
 * that ask for the same layer at the same time wait for one and the same.
 */
export function cachedLayer(
  key: string,
  cache: Cache,
  signal: AbortSignal,
  members: () => AsyncIterable<GzipMember>,
): Promise<Layer> {
  const layers = underWay.get(cache) ?? new Map<string, Promise<Layer>>();
  underWay.set(cache, layers);
  const found = layers.get(key) ?? findOrMake(key, cache, signal, members).finally(() => layers.delete(key));
  layers.set(key, found);
  return found;
}

async function findOrMake(
  key: string,
  cache: Cache,
  signal: AbortSignal,
  members: () => AsyncIterable<GzipMember>,
): Promise<Layer> {
  const kept = await cache.getJson<LayerRecord>('layers', key);
  if (kept && (await cache.blobs.has(kept.digest, kept.sizeBytes))) return layerOf(kept, cache);

  const diffId = new Digester();
  const written = await cache.blobs.add(compressedOf(members(), diffId), signal);
  const record: LayerRecord = { ...written, diffId: diffId.digest() };
  await cache.putJson('layers', key, record);
  return layerOf(record, cache);
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
    open: () => cache.blobs.read(record.digest),
  });
}
