import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unlessAborted } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { clockSlackMs } from './snapshot.ts';

/** An editor that saves does several things in a row. Longer than a file's time may lag behind, or it would be built twice. */
const quietMs = 2 * clockSlackMs;
/** Who never stops writing is not waited for. */
const mostQuietTimes = 25;

/**
 * Tells when something happens in folders: of what, and whether it matters, others find out. Folders rather than files
 * are watched because a file that is saved by renaming another over it is another file afterwards.
 */
export class FolderWatcher implements Disposable {
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly id: string }>();
  #hasHappened = false;
  #wake: () => void = () => {};

  /** Watches these folders and no others from now on; of one that is not there, the next above it. @throws CATA_WATCH_IMPOSSIBLE */
  watch(folders: ReadonlySet<string>): void {
    const wanted = new Map([...folders].map(existing));
    for (const [path, { watcher, id }] of this.#watchers) {
      if (wanted.get(path) === id) continue;
      watcher.close();
      this.#watchers.delete(path);
    }
    for (const [path, id] of wanted) {
      if (!this.#watchers.has(path)) this.#watchers.set(path, { watcher: this.#begin(path), id });
    }
  }

  /** Resolves when something has happened that nobody was told of yet, and then nothing for a moment. */
  async settled(signal: AbortSignal): Promise<void> {
    if (!this.#hasHappened) {
      const happening = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await unlessAborted(happening, signal);
    }
    for (let times = 0; this.#hasHappened && times < mostQuietTimes; times++) {
      this.#hasHappened = false;
      await delay(quietMs, undefined, { signal });
    }
  }

  [Symbol.dispose](): void {
    for (const { watcher } of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #begin(path: string): FSWatcher {
    const happened = () => {
      this.#hasHappened = true;
      this.#wake();
    };
    try {
      // A folder that disappears is told of as well; some systems call it an error.
      return watch(path, happened).on('error', happened);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const isFull = code === 'ENOSPC' || code === 'EMFILE';
      const reason = isFull ? 'the system’s limit of what may be watched is reached' : message;
      throw cliErrors.CATA_WATCH_IMPOSSIBLE({ path, reason }, { cause });
    }
  }
}

/** The folder, or the nearest one above it that is there, and which one that is. */
function existing(folder: string): readonly [path: string, id: string] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return [folder, `${found.dev} ${found.ino}`];
  return dirname(folder) === folder ? [folder, ''] : existing(dirname(folder));
}
