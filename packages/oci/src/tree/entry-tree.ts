import type { PlacedEntry } from './image-tree.ts';
import type { TreeEntry } from './tree-entry.ts';

/**
 * Entries by path, which knows what lies below each folder: hostile layers remove thousands of folders from among
 * thousands of others.
 */
export class EntryTree<E extends TreeEntry> {
  readonly #entries = new Map<string, PlacedEntry<E>>();
  /** Folder → the paths right below it. A folder need not have an entry of its own to have something in it. */
  readonly #children = new Map<string, Set<string>>();

  get(path: string): PlacedEntry<E> | undefined {
    return this.#entries.get(path);
  }

  all(): PlacedEntry<E>[] {
    return [...this.#entries.values()];
  }

  /** @returns what was at its path */
  set(entry: PlacedEntry<E>): PlacedEntry<E> | undefined {
    const before = this.#entries.get(entry.path);
    this.#entries.set(entry.path, entry);
    this.#nameInFolders(entry);
    return before;
  }

  #nameInFolders(entry: PlacedEntry<E>): void {
    for (let path = entry.path; path !== ''; path = parentOf(path)) {
      const siblings = this.#children.get(parentOf(path));
      if (siblings?.has(path)) return;
      if (siblings) siblings.add(path);
      else this.#children.set(parentOf(path), new Set([path]));
    }
  }

  /** @returns what was there */
  delete(path: string): PlacedEntry<E> | undefined {
    const before = this.#entries.get(path);
    this.#entries.delete(path);
    this.#forgetEmpty(path);
    return before;
  }

  /**
   * Removes what layers before `layerIndex` put below a folder; "" is the root.
   * @returns what was there
   */
  removeBelow(folder: string, layerIndex: number): readonly PlacedEntry<E>[] {
    const removed: PlacedEntry<E>[] = [];
    // No recursion: layers may nest deeper than a stack.
    const found = [...(this.#children.get(folder) ?? [])];
    for (const path of found) for (const child of this.#children.get(path) ?? []) found.push(child);
    for (const path of found.reverse()) {
      const entry = this.#entries.get(path);
      if (!entry || entry.layerIndex >= layerIndex) continue;
      this.delete(path);
      removed.push(entry);
    }
    return removed;
  }

  /** Where nothing is left, no folder is implied any more. */
  #forgetEmpty(from: string): void {
    for (let path = from; path !== ''; path = parentOf(path)) {
      if (this.#entries.has(path) || this.#children.has(path)) return;
      const siblings = this.#children.get(parentOf(path));
      siblings?.delete(path);
      if (siblings?.size === 0) this.#children.delete(parentOf(path));
      else return;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
