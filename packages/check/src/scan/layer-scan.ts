import { type Context, collectBytes, type Layer, readLayer, type TreeEntry, treeEntry } from '@catamaran/oci';
import { ElfError } from '../elf/elf-error.ts';
import type { ElfFile } from '../elf/elf-file.ts';
import { readElf } from '../elf/read-elf.ts';
import type { KeptReport } from '../report/kept-report.ts';
import { isKeptText, keptText, maxTextBytes } from './kept-text.ts';
import { openElf } from './open-elf.ts';

/** All that the rules need of a layer; JSON all through, so that a layer is read once and its scan kept. */
export interface LayerScan {
  readonly entries: readonly TreeEntry[];
  readonly elf: readonly ElfFile[];
  /** Files that begin like ELF and cannot be read. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
  /** Small files that rules read (kept-text.ts), by their paths. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Where scans are kept, by diff ID, and reports, by whatever JSON describes what they are on. */
export interface CheckCache {
  getScan(key: string): Promise<LayerScan | undefined>;
  putScan(key: string, scan: LayerScan): Promise<void>;
  getReport(key: unknown): Promise<KeptReport | undefined>;
  putReport(key: unknown, report: KeptReport): Promise<void>;
}

/** Changes whenever the same layer would give another scan. */
const scanVersion = 4;

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
  // By path: of a path that an archive has twice, the last is what is left.
  const elf = new Map<string, ElfFile>();
  const broken = new Map<string, string>();
  const texts = new Map<string, string>();
  for await (const entry of readLayer(layer)) {
    ctx.signal.throwIfAborted();
    entries.push(treeEntry(entry));
    for (const found of [elf, broken, texts]) found.delete(entry.path);
    if (entry.type !== 'file') continue;
    if (isKeptText(entry.path) && entry.sizeBytes <= maxTextBytes) {
      texts.set(entry.path, keptText(entry.path, await collectBytes(entry.content())));
      continue;
    }
    await using content = await openElf(entry.content());
    if (!content) continue;
    try {
      elf.set(entry.path, readElf(entry.path, content.source));
    } catch (error) {
      if (!(error instanceof ElfError)) throw error;
      broken.set(entry.path, error.message);
    }
  }
  return {
    entries,
    elf: [...elf.values()],
    broken: [...broken].map(([path, reason]) => ({ path, reason })),
    texts: Object.fromEntries(texts),
  };
}
