import {
  type ByteStream,
  type Context,
  type Digest,
  Digester,
  type Layer,
  type ReadEntry,
  readLayer,
  runStep,
  runTogether,
  treeEntry,
} from '@catamaran/oci';
import type { ContentEntry, ContentsCache, LayerContents } from './layer-contents.ts';
import { type FoundPackages, openPackageFile } from './packages/package-file.ts';

/** Changes whenever the same layer would give other contents. */
const contentsVersion = 1;
/** One is decompressed while another one is waited for. */
const layersAtOnce = 2;

/** What is in each of the layers; read only where the cache does not know the diff ID. */
export function readContents(
  layers: readonly Layer[],
  cache: ContentsCache,
  ctx: Context,
): Promise<readonly LayerContents[]> {
  const tasks = layers.map((layer) => (inner: Context) => contentsOf(layer, cache, inner));
  return runTogether(tasks, ctx, layersAtOnce);
}

async function contentsOf(layer: Layer, cache: ContentsCache, ctx: Context): Promise<LayerContents> {
  const diffId = await layer.diffId();
  const key = `${contentsVersion}-${diffId.replace(':', '-')}`;
  const kept = await cache.getContents(key);
  if (kept) return kept;
  const title = `Contents of layer ${diffId.slice(7, 19)}`;
  return runStep(`contents.${diffId}`, title, ctx, async (step) => {
    const { contents, diffId: found } = await readLayerContents(layer, ctx);
    // What only claims to be this layer is looked at, and not remembered as it.
    if (found === diffId) await cache.putContents(key, contents);
    step.conclude(`${contents.entries.length} entries`);
    return contents;
  });
}

async function readLayerContents(
  layer: Layer,
  ctx: Context,
): Promise<{ readonly contents: LayerContents; readonly diffId: Digest }> {
  const whole = new Digester();
  const watched: Layer = { ...layer, uncompressed: () => digested(layer.uncompressed(), whole) };
  const entries: ContentEntry[] = [];
  const packages: FoundPackages[] = [];
  for await (const entry of readLayer(watched)) {
    ctx.signal.throwIfAborted();
    if (entry.type !== 'file') {
      entries.push(treeEntry(entry));
      continue;
    }
    const { digest, found } = await readFile(entry);
    entries.push({ ...treeEntry(entry), digest });
    if (found) packages.push(found);
  }
  return { contents: { entries, uncompressedBytes: whole.sizeBytes, packages }, diffId: whole.digest() };
}

async function readFile(
  entry: ReadEntry,
): Promise<{ readonly digest: Digest; readonly found: FoundPackages | undefined }> {
  const digester = new Digester();
  const packageFile = openPackageFile(entry);
  for await (const chunk of entry.content()) {
    digester.update(chunk);
    packageFile?.add(chunk);
  }
  return { digest: digester.digest(), found: packageFile?.found() };
}

async function* digested(stream: ByteStream, digester: Digester): ByteStream {
  for await (const chunk of stream) {
    digester.update(chunk);
    yield chunk;
  }
}
