import { type Context, type Digest, digestHex, type Layer, type TreeEntry } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { KeptReport } from '../report/kept-report.ts';
import type { PackageFacts } from './package-facts.ts';
import { readScan } from './read-scan.ts';
import type { SecretFound } from './secrets/secret-found.ts';
import type { TarFault } from './tar-faults.ts';

/** All that the rules need of a layer; JSON all through, so that a layer is read once and its scan kept. */
export interface LayerScan {
  /** Of the bytes that were read. */
  readonly diffId: Digest;
  readonly entries: readonly TreeEntry[];
  readonly elf: readonly ElfFile[];
  /** Files that begin like ELF and cannot be read. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
  /** Programs and libraries for other operating systems. */
  readonly foreign: readonly ForeignFile[];
  /** Executable files that begin with "#!". */
  readonly scripts: readonly Script[];
  /** Packages in folders named node_modules. */
  readonly packages: readonly PackageFacts[];
  readonly secrets: readonly SecretFound[];
  readonly faults: readonly TarFault[];
  /** Small files that rules read (kept-text.ts), by their paths. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ForeignFile {
  readonly path: string;
  readonly format: 'mach-o' | 'pe';
  /** A Go name, as in an image's platform; "any" for what is for several. */
  readonly machine: string;
}

interface Script {
  readonly path: string;
  /** What follows "#!", as in "/usr/bin/env node". */
  readonly line: string;
}

/** Where scans are kept, by diff ID, and reports, by whatever JSON describes what they are on. */
export interface CheckCache {
  getScan(key: string): Promise<LayerScan | undefined>;
  putScan(key: string, scan: LayerScan): Promise<void>;
  getReport(key: unknown): Promise<KeptReport | undefined>;
  putReport(key: unknown, report: KeptReport): Promise<void>;
}

/** Changes whenever the same layer would give another scan. */
export const scanVersion = 6;

/**
 * What is in a layer; read only when the cache does not know it. Kept by the digest of its blob as well: what another
 * image says its diff ID is may not be true.
 */
export async function scanLayer(layer: Layer, cache: CheckCache, ctx: Context): Promise<LayerScan> {
  const { digest } = await layer.descriptor();
  const key = `${scanVersion}-${digestHex(digest)}-${(await layer.diffId()).replace(':', '-')}`;
  const kept = await cache.getScan(key);
  if (kept) return kept;
  const scan = await readScan(layer, ctx);
  await cache.putScan(key, scan);
  return scan;
}
