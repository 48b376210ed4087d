import { type Context, collectBytes, type Layer, readLayer, type TreeEntry, treeEntry } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import { ElfError, isElf, readElf } from '../elf/read-elf.ts';

/** All that the rules need of a layer; JSON all through, so that a layer is read once and its scan kept. */
export interface LayerScan {
  readonly entries: readonly TreeEntry[];
  readonly elf: readonly ElfFile[];
  /** Files that begin like ELF and cannot be read. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
}

/** Where scans are kept, by diff ID. */
export interface ScanCache {
  get(key: string): Promise<LayerScan | undefined>;
  put(key: string, scan: LayerScan): Promise<void>;
}

/** Changes whenever the same layer would give another scan. */
const scanVersion = 2;

/** What is in a layer; read only when the cache does not know its diff ID. */
export async function scanLayer(layer: Layer, cache: ScanCache, ctx: Context): Promise<LayerScan> {
  const key = `${scanVersion}-${(await layer.diffId()).replace(':', '-')}`;
  const kept = await cache.get(key);
  if (kept) return kept;
  const scan = await readScan(layer, ctx);
  await cache.put(key, scan);
  return scan;
}

async function readScan(layer: Layer, ctx: Context): Promise<LayerScan> {
  const entries: TreeEntry[] = [];
  const elf: ElfFile[] = [];
  const broken: { path: string; reason: string }[] = [];
  for await (const entry of readLayer(layer)) {
    ctx.signal.throwIfAborted();
    entries.push(treeEntry(entry));
    if (entry.type !== 'file') continue;
    const bytes = await elfBytes(entry.content());
    if (!bytes) continue;
    try {
      elf.push(readElf(entry.path, bytes));
    } catch (error) {
      if (!(error instanceof ElfError)) throw error;
      broken.push({ path: entry.path, reason: error.message });
    }
  }
  return { entries, elf, broken };
}

/** The whole of a file if it begins like ELF; else undefined, with the rest passed over. */
async function elfBytes(content: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const iterator = content[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes < 4) {
    const next = await iterator.next();
    if (next.done) return undefined;
    chunks.push(next.value);
    sizeBytes += next.value.byteLength;
  }
  const head = Buffer.concat(chunks);
  const rest = { [Symbol.asyncIterator]: () => iterator };
  if (isElf(head)) return Buffer.concat([head, await collectBytes(rest)]);
  for await (const _ of rest);
  return undefined;
}
