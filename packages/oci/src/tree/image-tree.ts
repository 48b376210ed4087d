import type { TreeEntry } from './tree-entry.ts';

/** An entry of the finished tree, and which of the layers it comes from. */
export interface PlacedEntry extends TreeEntry {
  readonly layerIndex: number;
}

/** The root file system that an image's layers add up to; every path without a leading slash. */
export interface ImageTree {
  get(path: string): PlacedEntry | undefined;
  /** Follows symbolic links inside the tree, in every part of the path. Undefined when it leads nowhere. */
  resolve(path: string): PlacedEntry | undefined;
  /** Parents before their children. */
  entries(): Iterable<PlacedEntry>;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts */
const whiteoutPrefix = '.wh.';
const opaqueWhiteout = '.wh..wh..opq';
/** As many as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;

/** Applies layers one after the other, whiteouts included. */
export function composeTree(layers: readonly (readonly TreeEntry[])[]): ImageTree {
  const entries = new Map<string, PlacedEntry>();
  layers.forEach((layer, layerIndex) => {
    for (const entry of layer) applyWhiteout(entries, entry, layerIndex);
    for (const entry of layer) place(entries, entry, layerIndex);
  });
  const sorted = [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    get: (path) => entries.get(path),
    resolve: (path) => resolvePath(entries, path),
    entries: () => sorted,
  };
}

function applyWhiteout(entries: Map<string, PlacedEntry>, entry: TreeEntry, layerIndex: number): void {
  const slash = entry.path.lastIndexOf('/') + 1;
  const name = entry.path.slice(slash);
  if (!name.startsWith(whiteoutPrefix)) return;
  const folder = entry.path.slice(0, slash);
  if (name === opaqueWhiteout) removeBelow(entries, folder, layerIndex);
  else {
    const hidden = folder + name.slice(whiteoutPrefix.length);
    entries.delete(hidden);
    removeBelow(entries, `${hidden}/`, layerIndex);
  }
}

function place(entries: Map<string, PlacedEntry>, entry: TreeEntry, layerIndex: number): void {
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  if (entry.path === '' || name.startsWith(whiteoutPrefix)) return;
  const before = entries.get(entry.path);
  if (before?.type === 'directory' && entry.type !== 'directory') {
    removeBelow(entries, `${entry.path}/`, layerIndex + 1);
  }
  entries.set(entry.path, { ...entry, layerIndex });
}

/** Removes what layers before `layerIndex` put below `folder`. */
function removeBelow(entries: Map<string, PlacedEntry>, folder: string, layerIndex: number): void {
  for (const [path, entry] of entries) {
    if (path.startsWith(folder) && entry.layerIndex < layerIndex) entries.delete(path);
  }
}

function resolvePath(entries: ReadonlyMap<string, PlacedEntry>, path: string): PlacedEntry | undefined {
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
    const entry = entries.get([...current, part].join('/'));
    if (entry?.type === 'symlink') {
      if (++links > maxLinks) return undefined;
      if (entry.target.startsWith('/')) current = [];
      rest = [...entry.target.split('/'), ...rest];
    } else current.push(part);
  }
  const found = entries.get(current.join('/'));
  return found?.type === 'hardlink' ? (entries.get(found.target) ?? found) : found;
}
