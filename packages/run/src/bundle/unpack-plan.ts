import { composeTree, foldersAbove, type ImageTree, type PlacedEntry, type TreeEntry } from '@catamaran/oci';
import { runErrors } from '../errors.ts';

export type Folder = Pick<TreeEntry, 'path' | 'mode' | 'uid' | 'gid'>;
type SymbolicLink = Pick<TreeEntry, 'path' | 'uid' | 'gid' | 'target'>;

/** Where everything that survives in an image goes. All folders in it are real: no path leads through a link. */
export interface UnpackPlan {
  readonly tree: ImageTree;
  /** Parents before their children, those included that no layer mentions. */
  readonly folders: readonly Folder[];
  readonly symbolicLinks: readonly SymbolicLink[];
  /** The paths that get the content of a layer's file: the first is written, the others are hard links to it. */
  destinations(layerIndex: number, path: string): readonly string[];
}

/** Device nodes and the like are left out: /dev is a file system of its own in a container. */
export function planUnpack(layers: readonly (readonly TreeEntry[])[]): UnpackPlan {
  const tree = composeTree(layers);
  const byPath = layers.map((layer) => new Map(layer.map((entry) => [entry.path, entry])));
  const folders = new Map<string, Folder>();
  const symbolicLinks: SymbolicLink[] = [];
  const destinations = new Map<string, string[]>();

  for (const entry of tree.entries()) {
    if (entry.type === 'other') continue;
    addParents(folders, tree, entry.path);
    const source = entry.type === 'hardlink' ? linkSource(byPath, entry) : entry;
    if (source.type === 'directory') folders.set(entry.path, entry);
    else if (source.type === 'symlink') symbolicLinks.push({ ...source, path: entry.path });
    else {
      const key = sourceKey(source.layerIndex, source.path);
      destinations.set(key, [...(destinations.get(key) ?? []), entry.path]);
    }
  }
  return {
    tree,
    folders: [...folders.values()],
    symbolicLinks,
    destinations: (layerIndex, path) => destinations.get(sourceKey(layerIndex, path)) ?? [],
  };
}

function sourceKey(layerIndex: number, path: string): string {
  return `${layerIndex}:${path}`;
}

/** @throws CATA_LAYER_PATH_BLOCKED when a part of the path on the way is something else than a folder. */
function addParents(folders: Map<string, Folder>, tree: ImageTree, path: string): void {
  for (const parent of foldersAbove(path)) {
    const { type } = tree.get(parent) ?? { type: 'directory' };
    if (type !== 'directory') throw runErrors.CATA_LAYER_PATH_BLOCKED({ path, parent, type });
    if (!folders.has(parent)) folders.set(parent, { path: parent, mode: 0o755, uid: 0, gid: 0 });
  }
}

/**
 * What a hard link shares its content with. It was made when its own layer was the last, so a later layer may
 * have replaced or removed its target without touching the content.
 */
function linkSource(
  layers: readonly ReadonlyMap<string, TreeEntry>[],
  link: PlacedEntry,
): TreeEntry & { readonly layerIndex: number } {
  const seen = new Set([link.path]);
  let path = link.target;
  for (let index = link.layerIndex; index >= 0; index--) {
    let found = layers[index]?.get(path);
    while (found?.type === 'hardlink' && !seen.has(path)) {
      seen.add(path);
      path = found.target;
      found = layers[index]?.get(path);
    }
    if (found?.type === 'file' || found?.type === 'symlink') return { ...found, layerIndex: index };
  }
  throw runErrors.CATA_LAYER_LINK_BROKEN({ path: link.path, target: link.target });
}
