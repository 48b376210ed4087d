import { open, readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { InputLog } from '../../inputs/input-log.ts';
import { parseJson } from '../../npm/parse-json.ts';
import { type PackageManifest, parseManifest } from './package-manifest.ts';

/** A file that an install is made from. */
export interface ManifestFile {
  /** From the lockfile's folder. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Permission bits: Yarn's lockfile has a digest of folders in which they count. */
  readonly mode: number;
}

/** Reads what an install depends on: all of it is told to the log of inputs, and kept for the stage. */
export class ManifestReader {
  readonly root: string;
  readonly #inputs: InputLog;
  readonly #files = new Map<string, ManifestFile>();

  constructor(root: string, inputs: InputLog) {
    this.root = root;
    this.#inputs = inputs;
  }

  /** Sorted by path. */
  get files(): readonly ManifestFile[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** @param path from the root; what leads out of it stays where it is @returns undefined when there is no such file */
  async text(path: string): Promise<string | undefined> {
    const clean = posix.normalize(path);
    if (clean.startsWith('../') || posix.isAbsolute(clean)) return undefined;
    this.#inputs.file(join(this.root, clean));
    const file = this.#files.get(clean) ?? (await this.#read(clean));
    if (file) this.#files.set(clean, file);
    return file && Buffer.from(file.content).toString('utf8');
  }

  /** The package.json of a folder. @throws CATA_JSON_INVALID */
  async manifest(folder: string): Promise<PackageManifest | undefined> {
    const path = posix.join(folder, 'package.json');
    const text = await this.text(path);
    return text === undefined ? undefined : parseManifest(parseJson(text, join(this.root, path)));
  }

  /** A file, or all files of a folder but its node_modules. */
  async everything(path: string): Promise<void> {
    const clean = posix.normalize(path);
    if (clean.startsWith('../') || posix.isAbsolute(clean)) return;
    const found = await stat(join(this.root, clean)).catch(() => undefined);
    if (!found?.isDirectory()) {
      await this.text(clean);
      return;
    }
    for (const name of await this.names(clean)) {
      if (name !== 'node_modules' && name !== '.git') await this.everything(posix.join(clean, name));
    }
  }

  async #read(path: string): Promise<ManifestFile | undefined> {
    const handle = await open(join(this.root, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (!handle) return undefined;
    try {
      const found = await handle.stat();
      if (!found.isFile()) return undefined;
      return { path, content: await handle.readFile(), mode: found.mode & 0o777 };
    } finally {
      await handle.close();
    }
  }

  /** What is in a folder, sorted; nothing when it is not there. */
  async names(folder: string): Promise<readonly string[]> {
    this.#inputs.folder(join(this.root, folder));
    return (await readdir(join(this.root, folder)).catch(() => [])).sort();
  }
}
