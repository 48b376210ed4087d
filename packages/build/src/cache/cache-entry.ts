import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the cache, or a folder in which something is being made. */
export interface CacheEntry {
  /** The folder that it is in, which says what it is: "blobs", "layers", … */
  readonly kind: string;
  /** Its name. */
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970; up to a quarter of an hour before the time of its last use (see `noteUse`). */
  readonly lastUsedMs: number;
  /** Not whole yet: of a build that runs, or of one that was killed. */
  readonly isTemporary: boolean;
}

/**
 * Every file of a cache, whatever is kept in it. What disappears meanwhile is left out, links are not followed, and a
 * cache that is not there is empty.
 */
export async function* cacheEntries(folder: string): AsyncIterable<CacheEntry> {
  for (const kind of await children(folder)) {
    if (kind.isDirectory()) yield* filesBelow(join(folder, kind.name), kind.name);
  }
}

async function* filesBelow(folder: string, kind: string): AsyncIterable<CacheEntry> {
  for (const child of await children(folder)) {
    const path = join(folder, child.name);
    if (child.isDirectory() && isTemporaryName(child.name)) yield stageAt(path, child.name, kind);
    else if (child.isDirectory()) yield* filesBelow(path, kind);
    else if (child.isFile()) {
      const found = await statOrNothing(path);
      if (found) yield entryOf(kind, child.name, path, found);
    }
  }
}

function entryOf(kind: string, key: string, path: string, { size, mtimeMs }: Stats): CacheEntry {
  return { kind, key, path, sizeBytes: size, lastUsedMs: mtimeMs, isTemporary: isTemporaryName(key) };
}

/**
 * A folder in which something is being made, as a package manager's install. The times of files in it may be those of
 * archives that they come from; when they got there, nobody can set.
 */
async function stageAt(path: string, key: string, kind: string): Promise<CacheEntry> {
  let [sizeBytes, lastUsedMs] = [0, (await statOrNothing(path))?.ctimeMs ?? 0];
  for (const child of await readdir(path, { recursive: true }).catch(() => [])) {
    const found = await statOrNothing(join(path, child));
    sizeBytes += found?.isFile() ? found.size : 0;
    lastUsedMs = Math.max(lastUsedMs, found?.ctimeMs ?? 0);
  }
  return { kind, key, path, sizeBytes, lastUsedMs, isTemporary: true };
}

function isTemporaryName(name: string): boolean {
  return name.endsWith('.tmp');
}

/** In an order of their own, so that the same cache is always told in the same one. */
async function children(folder: string): Promise<Dirent[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
