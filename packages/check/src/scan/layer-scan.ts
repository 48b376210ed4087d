import { type Context, type Layer, readLayer, type TreeEntry, treeEntry } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import { ElfError, readElf } from '../elf/read-elf.ts';
import type { KeptReport } from '../report/kept-report.ts';
import { openElf } from './open-elf.ts';

/** All that the rules need of a layer; JSON all through, so that a layer is read once and its scan kept. */
export interface LayerScan {
  readonly entries: readonly TreeEntry[];
  readonly elf: readonly ElfFile[];
  /** Files that begin like ELF and cannot be read. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
}

/** Where scans are kept, by diff ID, and reports, by whatever JSON describes what they are on. */
export interface CheckCache {
  getScan(key: string): Promise<LayerScan | undefined>;
  putScan(key: string, scan: LayerScan): Promise<void>;
  getReport(key: unknown): Promise<KeptReport | undefined>;
  putReport(key: unknown, report: KeptReport): Promise<void>;
}

/** Changes whenever the same layer would give another scan. */
const scanVersion = 2;

/** What is in a layer; read only when the cache does not know its diff ID. */
export async function scanLayer(layer: Layer, cache: CheckCache, ctx: Context): Promise<LayerScan> {
  const key = `${scanVersion}-${(await layer.diffId()).replace(':', '-')}`;
  const kept = await cache.getScan(key);
  if (kept) return kept;
  const scan = await readScan(layer, ctx);
  await cache.putScan(key, scan);
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
    await using content = await openElf(entry.content());
    if (!content) continue;
    try {
      elf.push(readElf(entry.path, content.source));
    } catch (error) {
      if (!(error instanceof ElfError)) throw error;
      broken.push({ path: entry.path, reason: error.message });
    }
  }
  return { entries, elf, broken };
}
