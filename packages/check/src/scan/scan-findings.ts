import { binaryKind } from '@catamaran/build/native';
import { type ByteStream, collectBytes, type ReadEntry, type TreeEntry, treeEntry } from '@catamaran/oci';
import { ElfError } from '../elf/elf-error.ts';
import type { ElfFile } from '../elf/elf-file.ts';
import { isElf, readElf } from '../elf/read-elf.ts';
import { BegunContent } from './begun-content.ts';
import { PartNotKept } from './kept-parts.ts';
import { isKeptText, keptText, maxTextBytes } from './kept-text.ts';
import type { ForeignFile, LayerScan } from './layer-scan.ts';
import { isManagedAssembly } from './managed-assembly.ts';
import { openElf } from './open-elf.ts';
import { type PackageFacts, packageFacts, packageFolder } from './package-facts.ts';
import { scriptLine } from './script-line.ts';
import { findSecrets } from './secrets/find-secrets.ts';
import { mayHoldSecrets } from './secrets/secret-candidates.ts';
import type { SecretFound } from './secrets/secret-found.ts';
import { tarFaults } from './tar-faults.ts';

/** What is found in a layer's files while it is read. By path: of one that an archive has twice, the last is left. */
export class ScanFindings {
  /** Files that have to be read again, as few ever have to. */
  readonly unfinished = new Set<string>();
  readonly #entries: TreeEntry[] = [];
  readonly #paths = new Set<string>();
  readonly #elf = new Map<string, ElfFile>();
  readonly #broken = new Map<string, string>();
  readonly #foreign = new Map<string, ForeignFile>();
  readonly #scripts = new Map<string, string>();
  readonly #packages = new Map<string, PackageFacts>();
  readonly #texts = new Map<string, string>();
  /** All that there are: what another entry of the same path covers can still be read out of the layer. */
  readonly #secrets: SecretFound[] = [];

  async add(entry: ReadEntry): Promise<void> {
    const { path, type } = entry;
    this.#entries.push(treeEntry(entry));
    if (this.#paths.has(path)) this.#forget(path);
    this.#paths.add(path);
    if (type === 'file') await this.#addFile(entry, await BegunContent.begin(entry.content()));
  }

  scan(): Omit<LayerScan, 'diffId'> {
    return {
      entries: this.#entries,
      elf: [...this.#elf.values()],
      broken: [...this.#broken].map(([path, reason]) => ({ path, reason })),
      foreign: [...this.#foreign.values()],
      scripts: [...this.#scripts].map(([path, line]) => ({ path, line })),
      packages: [...this.#packages.values()],
      secrets: this.#secrets,
      faults: tarFaults(this.#entries),
      texts: Object.fromEntries(this.#texts),
    };
  }

  #forget(path: string): void {
    this.unfinished.delete(path);
    for (const found of [
      this.#elf,
      this.#broken,
      this.#foreign,
      this.#scripts,
      this.#packages,
      this.#texts,
    ]) {
      found.delete(path);
    }
  }

  async #addFile(entry: ReadEntry, content: BegunContent): Promise<void> {
    const { head } = content;
    if (isElf(head)) return this.#addElf(entry.path, content.stream(), 'parts');
    const kind = binaryKind(head);
    if (kind && kind.format !== 'elf' && !isManagedAssembly(head)) {
      this.#foreign.set(entry.path, { path: entry.path, format: kind.format, machine: kind.machine });
      return content.drain();
    }
    const line = (entry.mode & 0o111) === 0 ? undefined : scriptLine(head);
    if (line !== undefined) this.#scripts.set(entry.path, line);
    return this.#addText(entry, content);
  }

  /** Reads a file of which too little was kept the first time. */
  async readAgain({ path, content }: ReadEntry): Promise<void> {
    await this.#addElf(path, content(), 'all');
  }

  async #addElf(path: string, content: ByteStream, keep: 'parts' | 'all'): Promise<void> {
    await using opened = await openElf(content, keep);
    if (!opened) return;
    try {
      this.#elf.set(path, readElf(path, opened.source));
    } catch (error) {
      if (error instanceof PartNotKept) this.unfinished.add(path);
      else if (error instanceof ElfError) this.#broken.set(path, error.message);
      else throw error;
    }
  }

  /** Read whole only when it is small and something in it may be of interest. */
  async #addText({ path, sizeBytes }: ReadEntry, content: BegunContent): Promise<void> {
    const isText = sizeBytes <= maxTextBytes && isKeptText(path);
    const folder = sizeBytes <= maxTextBytes ? packageFolder(path) : undefined;
    const isCandidate = mayHoldSecrets(path, sizeBytes, content.head);
    if (!isText && folder === undefined && !isCandidate) return content.drain();
    const bytes = await collectBytes(content.stream());
    if (isCandidate) this.#secrets.push(...findSecrets(path, bytes));
    if (!isText && folder === undefined) return;
    if (isText) this.#texts.set(path, keptText(path, bytes));
    const facts =
      folder === undefined ? undefined : packageFacts(folder, Buffer.from(bytes).toString('utf8'));
    if (facts) this.#packages.set(path, facts);
  }
}
