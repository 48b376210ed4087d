import type { FileChange } from '@catamaran/check/look';

/** A change, and what goes with it: a folder that is new or gone brings or takes what is in it. */
export interface FileGroup {
  readonly change: FileChange;
  /** Below the folder, without folders. */
  readonly files: number;
  readonly sizeBytes: number;
}

/**
 * Changes with everything below a folder that is itself new, or gone, in one. What has changed in a folder that stays is
 * told by itself.
 */
export function groupedChanges(changes: readonly FileChange[]): readonly FileGroup[] {
  const groups: { change: FileChange; files: number; sizeBytes: number }[] = [];
  const folders = new Map<string, (typeof groups)[number]>();
  for (const change of changes) {
    const { path, kind } = change;
    const state = change.after ?? change.before;
    const above = folders.get(`${kind} ${path.slice(0, path.lastIndexOf('/'))}`);
    const group = above ?? { change, files: 0, sizeBytes: 0 };
    if (!above) groups.push(group);
    if (state?.type === 'directory') {
      if (kind !== 'changed') folders.set(`${kind} ${path}`, group);
    } else if (above) {
      group.files++;
      group.sizeBytes += state?.type === 'file' ? state.sizeBytes : 0;
    }
  }
  return groups;
}
