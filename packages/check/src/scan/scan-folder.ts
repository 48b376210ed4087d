import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, digestOf, messageOf, type ReadEntry } from '@catamaran/oci';
import type { LayerScan } from './layer-scan.ts';
import { ScanFindings } from './scan-findings.ts';

/** A folder on disk that is looked at as if it were the only layer of an image. */
export interface FolderScan {
  readonly scan: LayerScan;
  /** What nobody may look into, with the reason; in the order of paths, without a leading slash. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** What lies in a folder that is the root of a file system, and not what is mounted on it. */
export async function scanFolder(folder: string, ctx: Context): Promise<FolderScan> {
  const findings = new ScanFindings();
  const walk = new FolderWalk(folder, findings, ctx);
  await walk.enter('', await lstat(folder));
  return { scan: { diffId: digestOf(''), ...findings.scan() }, unreadable: walk.unreadable };
}

class FolderWalk {
  readonly unreadable: { path: string; reason: string }[] = [];
  readonly #folder: string;
  readonly #findings: ScanFindings;
  readonly #ctx: Context;
  #device: number | undefined;
  /** The first name of each file that has several, by its inode. */
  readonly #names = new Map<number, string>();

  constructor(folder: string, findings: ScanFindings, ctx: Context) {
    this.#folder = folder;
    this.#findings = findings;
    this.#ctx = ctx;
  }

  async enter(path: string, found: Stats): Promise<void> {
    this.#device ??= found.dev;
    const names = await this.#orUnreadable(path, () => readdir(join(this.#folder, path)));
    for (const name of names?.sort() ?? []) {
      this.#ctx.signal.throwIfAborted();
      await this.#look(path === '' ? name : `${path}/${name}`);
    }
  }

  async #look(path: string): Promise<void> {
    const found = await this.#orUnreadable(path, () => lstat(join(this.#folder, path)));
    if (!found) return;
    const entry = this.#entryOf(path, found);
    if (entry.type === 'symlink') {
      const target = await this.#orUnreadable(path, () => readlink(join(this.#folder, path)));
      await this.#findings.add({ ...entry, target: target ?? '' });
    } else if (entry.type !== 'file') await this.#findings.add(entry);
    else await this.#orUnreadable(path, () => this.#addFile(entry, path));
    if (entry.type === 'directory' && found.dev === this.#device) await this.enter(path, found);
  }

  #entryOf(path: string, found: Stats): ReadEntry {
    const first = found.isFile() && found.nlink > 1 ? this.#names.get(found.ino) : undefined;
    if (found.isFile() && first === undefined) this.#names.set(found.ino, path);
    return {
      path,
      type: first === undefined ? typeOf(found) : 'hardlink',
      mode: found.mode & 0o7777,
      uid: found.uid,
      gid: found.gid,
      sizeBytes: found.isFile() ? found.size : 0,
      target: first ?? '',
      content: async function* () {},
    };
  }

  /** Neither a link that took the file's place, nor a pipe that nobody writes to, is waited for. */
  async #addFile(entry: ReadEntry, path: string): Promise<void> {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(join(this.#folder, path), flags);
    const stream = () => handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 256 * 1024 });
    const file = { ...entry, content: stream };
    await this.#findings.add(file);
    if (this.#findings.unfinished.has(path)) await this.#findings.readAgain({ ...file, content: stream });
  }

  /** Files come and go while they are looked at; what is not there any more is not missed. */
  async #orUnreadable<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (code !== 'ENOENT') this.unreadable.push({ path, reason: messageOf(error).split(',')[0] ?? code });
      return undefined;
    }
  }
}

function typeOf(found: Stats): ReadEntry['type'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  return found.isSymbolicLink() ? 'symlink' : 'other';
}
