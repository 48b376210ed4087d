import { type ImageTree, type PlacedEntry, placeOf } from '@catamaran/oci';
import type { ContentEntry } from './layer-contents.ts';

/** In what a path differs. Times are not looked at. */
export type FileAspect = 'type' | 'content' | 'mode' | 'owner' | 'link';

/** A path of an image, as far as it is compared; a hard link is the file that it shares its content with. */
export interface FileState {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** A symlink's text; "" for the rest. */
  readonly target: string;
  readonly digest?: string;
}

export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Empty unless it is changed. */
  readonly aspects: readonly FileAspect[];
  readonly before?: FileState;
  readonly after?: FileState;
}

/** What differs between two root file systems, by path. */
export function fileChanges(
  before: ImageTree<ContentEntry>,
  after: ImageTree<ContentEntry>,
): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const entry of before.entries()) {
    const now = after.get(placeOf(entry));
    const old = stateOf(before, entry);
    const path = `/${placeOf(entry)}`;
    if (!now) {
      changes.push({ path, kind: 'removed', aspects: [], before: old });
      continue;
    }
    const state = stateOf(after, now);
    const aspects = differing(old, state);
    if (aspects.length > 0) changes.push({ path, kind: 'changed', aspects, before: old, after: state });
  }
  for (const entry of after.entries()) {
    if (before.get(placeOf(entry))) continue;
    changes.push({ path: `/${placeOf(entry)}`, kind: 'added', aspects: [], after: stateOf(after, entry) });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function stateOf(tree: ImageTree<ContentEntry>, entry: PlacedEntry<ContentEntry>): FileState {
  const { type, mode, uid, gid, sizeBytes, target, digest } = tree.content(entry);
  return {
    // A hard link that leads nowhere cannot be made, by anybody.
    type: type === 'hardlink' ? 'other' : type,
    mode,
    uid,
    gid,
    sizeBytes,
    target: type === 'symlink' ? target : '',
    ...(digest ? { digest } : {}),
  };
}

function differing(a: FileState, b: FileState): readonly FileAspect[] {
  if (a.type !== b.type) return ['type'];
  const aspects: FileAspect[] = [];
  if (a.sizeBytes !== b.sizeBytes || a.digest !== b.digest) aspects.push('content');
  if (a.target !== b.target) aspects.push('link');
  // What a symlink itself permits, nobody looks at.
  if (a.mode !== b.mode && a.type !== 'symlink') aspects.push('mode');
  if (a.uid !== b.uid || a.gid !== b.gid) aspects.push('owner');
  return aspects;
}
