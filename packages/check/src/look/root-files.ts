import { type ImageTree, type PlacedEntry, placeOf } from '@catamaran/oci';
import type { ContentEntry } from './layer-contents.ts';

/** A path of the root file system, with what is below it. */
export interface FileNode {
  /** Without a leading slash; "" is the root. */
  readonly path: string;
  /** Undefined for a folder that no layer has an entry for, and that is there for what is in it. */
  readonly entry: PlacedEntry<ContentEntry> | undefined;
  /** By name. */
  readonly children: readonly FileNode[];
  /** How many there are below, links among them; 1 for what is no folder. */
  readonly files: number;
  /** Of the files below, or of this one; what hard links share counts once. */
  readonly sizeBytes: number;
}

interface GrowingNode extends FileNode {
  readonly children: GrowingNode[];
  files: number;
  sizeBytes: number;
}

/** The root of the tree. Without recursion: layers may nest deeper than a stack. */
export function rootFiles(tree: ImageTree<ContentEntry>): FileNode {
  const root: GrowingNode = { path: '', entry: undefined, children: [], files: 0, sizeBytes: 0 };
  const nodes = new Map<string, GrowingNode>([['', root]]);
  const grow = (path: string, entry: FileNode['entry']): GrowingNode => {
    const isFolder = !entry || entry.type === 'directory';
    const node: GrowingNode = {
      path,
      entry,
      children: [],
      files: isFolder ? 0 : 1,
      sizeBytes: entry?.type === 'file' ? entry.sizeBytes : 0,
    };
    nodes.set(path, node);
    return node;
  };
  for (const entry of tree.entries()) {
    let child = grow(placeOf(entry), entry);
    for (let path = placeOf(entry); path !== ''; path = folderOf(path)) {
      const folder = nodes.get(folderOf(path));
      const parent = folder ?? grow(folderOf(path), undefined);
      parent.children.push(child);
      if (folder) break;
      child = parent;
    }
  }
  addUp(root);
  return root;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Sorts children, and tells folders what is below them. */
function addUp(root: GrowingNode): void {
  const found = [root];
  for (const node of found) for (const child of node.children) found.push(child);
  for (const node of found.reverse()) {
    node.children.sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const child of node.children) {
      node.files += child.files;
      node.sizeBytes += child.sizeBytes;
    }
  }
}
