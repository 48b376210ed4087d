import { join } from 'node:path';
import type { PathState, Snapshot } from './snapshot.ts';

/** What became of a file since it was read. */
export interface Change {
  /** Absolute. */
  readonly path: string;
  readonly how: 'added' | 'changed' | 'removed';
}

/** What differs of the paths that are in both. */
export function changesBetween(before: Snapshot, after: Snapshot): readonly Change[] {
  const changes: Change[] = [];
  for (const [key, now] of after) {
    const then = before.get(key);
    if (then && then.content !== now.content) changes.push(...changesAt(key, then, now));
  }
  return merge(changes, []);
}

/** Each path once, and of each the latest. */
export function merge(earlier: readonly Change[], later: readonly Change[]): readonly Change[] {
  const all = new Map([...earlier, ...later].map((change) => [change.path, change]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function changesAt(key: string, then: PathState, now: PathState): readonly Change[] {
  if (now.kind === 'file') {
    const how = then.content === undefined ? 'added' : now.content === undefined ? 'removed' : 'changed';
    return [{ path: key, how }];
  }
  const folder = key.replace(/\/\**$/, '');
  const [old, current] = [namesIn(then), namesIn(now)];
  return [
    ...[...current]
      .filter((name) => !old.has(name))
      .map((name) => ({ path: join(folder, name), how: 'added' as const })),
    ...[...old]
      .filter((name) => !current.has(name))
      .map((name) => ({ path: join(folder, name), how: 'removed' as const })),
  ];
}

function namesIn({ content }: PathState): ReadonlySet<string> {
  return new Set(content ? content.split('\0') : []);
}
