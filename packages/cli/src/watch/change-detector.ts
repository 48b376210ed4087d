import { type Change, changesBetween, merge } from './changes.ts';
import type { FolderWatcher } from './folder-watcher.ts';
import { clockSlackMs, type Snapshot, takeSnapshot } from './snapshot.ts';
import { foldersOf, type Watched, watchedOf } from './watched.ts';

/** Knows what was read, and finds out what of it has changed since. A file that is touched, and the same, has not. */
export class ChangeDetector {
  readonly #watcher: FolderWatcher;
  readonly #root: string;
  #watched: Watched = watchedOf({ files: [], folders: [] });
  #snapshot: Snapshot = new Map();

  /** @param root the project's folder */
  constructor(watcher: FolderWatcher, root: string) {
    this.#watcher = watcher;
    this.#root = root;
  }

  /**
   * Watches something else from now on.
   * @param sinceMs when it began to be read: what was changed later may have been read before that
   * @returns what has changed by now
   */
  async follow(watched: Watched, sinceMs: number): Promise<readonly Change[]> {
    const before = this.#snapshot;
    this.#watched = watched;
    const changes = await this.#compare();
    const fresh = [...this.#snapshot].flatMap(([path, { changedMs }]): Change[] => {
      const isLate = !before.has(path) && changedMs > sinceMs - clockSlackMs;
      return isLate ? [{ path, how: 'changed' }] : [];
    });
    return merge(fresh, changes);
  }

  /** Waits until something has changed. */
  async next(signal: AbortSignal): Promise<readonly Change[]> {
    for (;;) {
      await this.#watcher.settled(signal);
      const changes = await this.#compare();
      if (changes.length > 0) return changes;
    }
  }

  async #compare(): Promise<readonly Change[]> {
    // First, so that nothing happens unseen while it is looked at.
    this.#watcher.watch(foldersOf(this.#watched, this.#root));
    const before = this.#snapshot;
    this.#snapshot = await takeSnapshot(this.#watched, before);
    return changesBetween(before, this.#snapshot);
  }
}
