import { posix } from 'node:path';
import { isUnsafePath } from '../tar/read-tar.ts';

/** Where a file's content lies in an archive. */
export interface ArchiveEntry {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** As many as anybody chains: Docker's older archives hold a layer once, and links to it. */
const maxLinks = 8;
/** The archives with the most have a few entries for each of 127 layers of some dozens of images. */
const maxEntries = 50_000;
const maxNameBytes = 1024;

/** What an archive holds, by paths without "./" before them. Of folders, devices and the like nothing is kept. */
export class ArchiveEntries {
  readonly #files = new Map<string, ArchiveEntry>();
  /** A link's path and what it points at, as a path in the archive. */
  readonly #links = new Map<string, string>();
  #count = 0;

  /** @throws Error that says what is wrong with the entry */
  add(typeFlag: string, name: string, target: string, entry: ArchiveEntry): void {
    if (++this.#count > maxEntries) throw new Error(`it has more than ${maxEntries} entries`);
    const path = posix.normalize(checkedName(name));
    if (typeFlag === '0' || typeFlag === '7') this.#addOnce(this.#files, path, entry);
    else if (typeFlag === '1') this.#addOnce(this.#links, path, posix.normalize(checkedName(target)));
    else if (typeFlag === '2')
      this.#addOnce(this.#links, path, posix.join(posix.dirname(path), checkedName(target)));
  }

  /** The file of that path, or the one that a link of that path leads to, inside the archive. */
  find(path: string): ArchiveEntry | undefined {
    let current = posix.normalize(path);
    for (let links = 0; links <= maxLinks; links++) {
      const target = this.#links.get(current);
      if (target === undefined) return this.#files.get(current);
      current = target;
    }
    return undefined;
  }

  /** Of two entries of one name it would depend on the reader which one is meant. */
  #addOnce<T>(map: Map<string, T>, path: string, value: T): void {
    if (this.#files.has(path) || this.#links.has(path)) throw new Error(`it has "${path}" twice`);
    map.set(path, value);
  }
}

/** True for a path that names something outside the folder that an archive is unpacked into. */
export function leavesArchive(path: string): boolean {
  return path.startsWith('/') || isUnsafePath(path);
}

function checkedName(name: string): string {
  const nameBytes = Buffer.byteLength(name);
  if (nameBytes > maxNameBytes) {
    throw new Error(`a name in it has ${nameBytes} bytes; more than ${maxNameBytes} are not read`);
  }
  return name;
}
