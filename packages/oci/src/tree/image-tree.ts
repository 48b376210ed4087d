import { EntryTree, placeOf } from './entry-tree.ts';
import type { TreeEntry } from './tree-entry.ts';

/** An entry of the finished tree, and which of the layers it comes from. */
export type PlacedEntry<E extends TreeEntry = TreeEntry> = E & {
  readonly layerIndex: number;
  /** Where it is in the tree, when its path in the layer leads over links to somewhere else. */
  readonly at?: string;
};

/** The root file system that an image's layers add up to; every path without a leading slash. */
export interface ImageTree<E extends TreeEntry = TreeEntry> {
  /** What is there; a link at the end of the path is not followed, as by lstat(2). */
  get(path: string): PlacedEntry<E> | undefined;
  /**
   * Follows links inside the tree: symbolic ones in every part of the path, a hard one to the entry that it
   * shares its content with. Undefined when it leads nowhere.
   */
  resolve(path: string): PlacedEntry<E> | undefined;
  /** Of a hard link, the entry that it shares its content with, which may have been replaced meanwhile; else itself. */
  content(entry: PlacedEntry<E>): PlacedEntry<E>;
  /** Parents before their children. */
  entries(): Iterable<PlacedEntry<E>>;
}

/**
 * Told while layers are applied: an entry is in the tree no longer.
 * @param layerIndex the layer that did it
 * @param successor what this layer has put at its path; undefined where it removed it
 */
export type OnLoss<E extends TreeEntry> = (
  lost: PlacedEntry<E>,
  layerIndex: number,
  successor: PlacedEntry<E> | undefined,
) => void;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts */
const whiteoutPrefix = '.wh.';
const opaqueWhiteout = '.wh..wh..opq';
/** As many as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;

/** What each hard link shares its content with. */
type Linked<E extends TreeEntry> = WeakMap<PlacedEntry<E>, PlacedEntry<E>>;

/** Applies layers one after the other, whiteouts included. */
export function composeTree<E extends TreeEntry = TreeEntry>(
  layers: readonly (readonly E[])[],
  onLoss: OnLoss<E> = () => {},
): ImageTree<E> {
  const entries = new EntryTree<E>();
  const linked: Linked<E> = new WeakMap();
  layers.forEach((layer, layerIndex) => {
    const lose = (lost: PlacedEntry<E> | undefined, successor?: PlacedEntry<E>) =>
      lost && onLoss(lost, layerIndex, successor);
    for (const entry of layer) applyWhiteout(entries, entry, layerIndex).forEach((lost) => void lose(lost));
    for (const entry of layer) {
      const placed = place(entries, entry, layerIndex, lose);
      if (placed?.type === 'hardlink') link(entries, linked, placed);
    }
  });
  const sorted = entries.all().sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    get: (path) => entries.get(path) ?? entries.get(entries.realPath(path)),
    resolve: (path) => resolvePath(entries, linked, path),
    content: (entry) => linked.get(entry) ?? entry,
    entries: () => sorted,
  };
}

/** @returns what is hidden */
function applyWhiteout<E extends TreeEntry>(
  entries: EntryTree<E>,
  entry: TreeEntry,
  layerIndex: number,
): readonly PlacedEntry<E>[] {
  if (!nameOf(entry.path).startsWith(whiteoutPrefix)) return [];
  const path = entries.realPath(entry.path);
  const name = nameOf(path);
  const folder = path.slice(0, path.length - name.length);
  if (name === opaqueWhiteout) return entries.removeBelow(folder.slice(0, -1), layerIndex);
  const hidden = folder + name.slice(whiteoutPrefix.length);
  const below = entries.removeBelow(hidden, layerIndex);
  const itself = entries.delete(hidden);
  return itself ? [...below, itself] : below;
}

function place<E extends TreeEntry>(
  entries: EntryTree<E>,
  entry: E,
  layerIndex: number,
  lose: (lost: PlacedEntry<E> | undefined, successor?: PlacedEntry<E>) => void,
): PlacedEntry<E> | undefined {
  const { path } = entry;
  if (path === '' || nameOf(path).startsWith(whiteoutPrefix)) return undefined;
  const at = entries.realPath(path);
  if (entry.type !== 'directory') entries.removeBelow(at, layerIndex + 1).forEach((lost) => void lose(lost));
  const placed: PlacedEntry<E> = at === path ? { ...entry, layerIndex } : { ...entry, layerIndex, at };
  lose(entries.set(placed), placed);
  return placed;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Looked up at once: a later layer may replace or remove the target's name, and the link keeps the content. */
function link<E extends TreeEntry>(entries: EntryTree<E>, linked: Linked<E>, placed: PlacedEntry<E>): void {
  const target = entries.get(entries.realPath(placed.target));
  const content = target && (linked.get(target) ?? target);
  if (content) linked.set(placed, content);
}

function resolvePath<E extends TreeEntry>(
  entries: EntryTree<E>,
  linked: Linked<E>,
  path: string,
): PlacedEntry<E> | undefined {
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
