import type { TreeEntry } from './tree-entry.ts';

/** As many as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;

/**
 * Paths without links on the way, as whoever unpacks a layer finds them: with `lib` a link to `usr/lib`, a later layer's
 * `lib/x` comes to be `usr/lib/x`. Links stay inside the tree. Most layers never lead over one.
 */
export class RealPaths {
  readonly #get: (path: string) => TreeEntry | undefined;
  #links = 0;
  /** Of folders that were asked for, until a link comes or goes. */
  readonly #known = new Map<string, string>();

  constructor(get: (path: string) => TreeEntry | undefined) {
    this.#get = get;
  }

  /** Told of each change of the tree. */
  note(before: TreeEntry | undefined, after: TreeEntry | undefined): void {
    if (before?.type !== 'symlink' && after?.type !== 'symlink') return;
    this.#links += (after?.type === 'symlink' ? 1 : 0) - (before?.type === 'symlink' ? 1 : 0);
    this.#known.clear();
  }

  of(path: string): string {
    if (this.#links === 0) return path;
    const folder = parentOf(path);
    const real = this.#folder(folder);
    return real === folder ? path : joined(real, path.slice(folder.length + 1));
  }

  #folder(folder: string): string {
    if (folder === '') return '';
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const above = parentOf(folder);
    const real = this.#folder(above);
    const here = real === above ? folder : joined(real, folder.slice(above.length + 1));
    const found = this.#get(here)?.type === 'symlink' ? this.#resolve(folder) : here;
    this.#known.set(folder, found);
    return found;
  }

  /** What is not there is made when something is put into it. A folder behind too many links is left as it is named. */
  #resolve(folder: string): string {
    const rest = folder.split('/').reverse();
    let real = '';
    let links = 0;
    for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        real = parentOf(real);
        continue;
      }
      const next = joined(real, part);
      const entry = this.#get(next);
      if (entry?.type !== 'symlink') {
        real = next;
        continue;
      }
      if (++links > maxLinks) return folder;
      if (entry.target.startsWith('/')) real = '';
      rest.push(...entry.target.split('/').reverse());
    }
    return real;
  }
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
