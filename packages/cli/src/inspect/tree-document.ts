import type { FileNode } from '@catamaran/check/look';
import type { Digest } from '@catamaran/oci';
import type { LayerDocument } from './layer-document.ts';

/** What `catamaran inspect --tree --json` prints, with the reference before it. */
export interface TreeDocument {
  readonly kind: 'tree';
  readonly digest: Digest;
  readonly platform: string;
  /** What is shown, and all that is below it. */
  readonly path: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly layers: readonly LayerDocument[];
  /** Parents before their children. */
  readonly entries: readonly TreeEntryDocument[];
}

export interface TreeEntryDocument {
  /** Absolute. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** In octal, as in "4755"; null for a folder that no layer says anything of. */
  readonly mode: string | null;
  readonly uid: number | null;
  readonly gid: number | null;
  /** Of a folder, all below it. */
  readonly sizeBytes: number;
  /** How many files are below a folder. */
  readonly files?: number;
  /** Of a link. */
  readonly target?: string;
  /** Of a file's content. */
  readonly digest?: Digest;
  /** Of the layer that it comes from, from 1; null for a folder that no layer says anything of. */
  readonly layer: number | null;
}

/** A node and what is below it. @param depth how many levels below it; all when undefined */
export function treeEntries(node: FileNode, depth = Number.POSITIVE_INFINITY): readonly TreeEntryDocument[] {
  const found: TreeEntryDocument[] = [];
  // No recursion: layers may nest deeper than a stack.
  const waiting: { readonly node: FileNode; readonly level: number }[] = [{ node, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { level } = next;
    if (next.node.path !== '') found.push(entryDocument(next.node));
    if (level < depth) {
      waiting.push(...next.node.children.map((child) => ({ node: child, level: level + 1 })).reverse());
    }
  }
  return found;
}

function entryDocument({ path, entry, files, sizeBytes }: FileNode): TreeEntryDocument {
  const type = entry?.type ?? 'directory';
  return {
    path: `/${path}`,
    type,
    mode: entry ? entry.mode.toString(8).padStart(4, '0') : null,
    uid: entry?.uid ?? null,
    gid: entry?.gid ?? null,
    sizeBytes,
    ...(type === 'directory' ? { files } : {}),
    ...(entry?.target ? { target: type === 'hardlink' ? `/${entry.target}` : entry.target } : {}),
    ...(entry?.digest ? { digest: entry.digest } : {}),
    layer: entry ? entry.layerIndex + 1 : null,
  };
}
