import type { PlacedEntry } from './image-tree.ts';
import { parentOf, RealPaths } from './real-paths.ts';
import type { TreeEntry } from './tree-entry.ts';

/**
 * Entries by path, which knows what lies below each folder: hostile layers remove thousands of folders from among
 * thousands of others.
 */
export class EntryTree<E extends TreeEntry> {
  readonly #entries = new Map<string, PlacedEntry<E>>();
  /** Folder → the paths right below it. A folder need not have an entry of its own to have something in it. */
  readonly #children = new Map<string, Set<string>>();

  readonly #realPaths = new RealPaths((path) => this.#entries.get(path));

  get(path: string): PlacedEntry<E> | undefined {
    return this.#entries.get(path);
  }

  /** Where a path leads to without the links on the way; a link at its end is not followed. */
  realPath(path: string): string {
    return this.#realPaths.of(path);
  }

  all(): PlacedEntry<E>[] {
    return [...this.#entries.values()];
  }

  /** @returns what was at its path */
  set(entry: PlacedEntry<E>): PlacedEntry<E> | undefined {
    const path = placeOf(entry);
    const before = this.#entries.get(path);
    this.#entries.set(path, entry);
    this.#nameInFolders(path);
    this.#realPaths.note(before, entry);
    return before;
  }

  #nameInFolders(from: string): void {
    for (let path = from; path !== ''; path = parentOf(path)) {
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
    this.#realPaths.note(before, undefined);
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

/** The path of an entry in the tree, which is not its layer's where that leads over links. */
export function placeOf({ at, path }: PlacedEntry): string {
  return at ?? path;
}
