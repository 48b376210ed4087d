import { EntryTree } from './entry-tree.ts';
import type { TreeEntry } from './tree-entry.ts';

/** An entry of the finished tree, and which of the layers it comes from. */
export interface PlacedEntry extends TreeEntry {
  readonly layerIndex: number;
}

/** The root file system that an image's layers add up to; every path without a leading slash. */
export interface ImageTree {
  get(path: string): PlacedEntry | undefined;
  /**
   * Follows links inside the tree: symbolic ones in every part of the path, a hard one to the entry that it
   * shares its content with. Undefined when it leads nowhere.
   */
  resolve(path: string): PlacedEntry | undefined;
  /** Parents before their children. */
  entries(): Iterable<PlacedEntry>;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts */
const whiteoutPrefix = '.wh.';
const opaqueWhiteout = '.wh..wh..opq';
/** As many as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;

/** What each hard link shares its content with. */
type Linked = WeakMap<PlacedEntry, PlacedEntry>;

/** Applies layers one after the other, whiteouts included. */
export function composeTree(layers: readonly (readonly TreeEntry[])[]): ImageTree {
  const entries = new EntryTree();
  const linked: Linked = new WeakMap();
  layers.forEach((layer, layerIndex) => {
    for (const entry of layer) applyWhiteout(entries, entry, layerIndex);
    for (const entry of layer) {
      const placed = place(entries, entry, layerIndex);
      if (placed?.type === 'hardlink') link(entries, linked, placed);
    }
  });
  const sorted = entries.all().sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    get: (path) => entries.get(path),
    resolve: (path) => resolvePath(entries, linked, path),
    entries: () => sorted,
  };
}

function applyWhiteout(entries: EntryTree, entry: TreeEntry, layerIndex: number): void {
  const slash = entry.path.lastIndexOf('/') + 1;
  const name = entry.path.slice(slash);
  if (!name.startsWith(whiteoutPrefix)) return;
  const folder = entry.path.slice(0, slash);
  if (name === opaqueWhiteout) entries.removeBelow(folder.slice(0, -1), layerIndex);
  else {
    const hidden = folder + name.slice(whiteoutPrefix.length);
    entries.removeBelow(hidden, layerIndex);
    entries.delete(hidden);
  }
}

function place(entries: EntryTree, entry: TreeEntry, layerIndex: number): PlacedEntry | undefined {
  const { path } = entry;
  if (path === '' || path.slice(path.lastIndexOf('/') + 1).startsWith(whiteoutPrefix)) return undefined;
  if (entry.type !== 'directory') entries.removeBelow(path, layerIndex + 1);
  const placed = { ...entry, layerIndex };
  entries.set(placed);
  return placed;
}

/** Looked up at once: a later layer may replace or remove the target's name, and the link keeps the content. */
function link(entries: EntryTree, linked: Linked, placed: PlacedEntry): void {
  const target = entries.get(placed.target);
  const content = target && (linked.get(target) ?? target);
  if (content) linked.set(placed, content);
}

function resolvePath(entries: EntryTree, linked: Linked, path: string): PlacedEntry | undefined {
  const contentAt = (parts: readonly string[]) => {
    const found = entries.get(parts.join('/'));
    return found && (linked.get(found) ?? found);
  };
  let rest = path.split('/');
  let current: string[] = [];
  let links = 0;
  while (rest.length > 0) {
    const [part, ...after] = rest;
    rest = after;
    if (part === undefined || part === '' || part === '.') continue;
    if (part === '..') {
      current.pop();
      continue;
    }
    const entry = contentAt([...current, part]);
    if (entry?.type === 'symlink') {
      if (++links > maxLinks) return undefined;
      if (entry.target.startsWith('/')) current = [];
      rest = [...entry.target.split('/'), ...rest];
    } else current.push(part);
  }
  return contentAt(current);
}
