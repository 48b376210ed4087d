import { lstat, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { buildErrors } from '../../errors.ts';

export interface FoundFile {
  /** From where the walk began; "." is that itself, where it is a file. */
  readonly path: string;
  readonly absolute: string;
  readonly isLink: boolean;
}

interface WalkOptions {
  /** Whether to look at what has this path, and into it where it is a folder. */
  isWanted(path: string, name: string): boolean;
  /** Told of every folder that is read. */
  onFolder(absolute: string): void;
  readonly signal: AbortSignal;
}

/**
 * Every file and symbolic link below a folder; or the one file that is no folder. Links are not followed, but the first
 * step is: who names a folder may name it by a link. Sockets, devices and pipes are passed over.
 */
export async function* walkFolder(start: string, options: WalkOptions): AsyncIterable<FoundFile> {
  const waiting = [{ path: '.', absolute: start }];
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    options.signal.throwIfAborted();
    const entries = await entriesOf(folder.absolute);
    if (!entries) {
      const found = await lstat(folder.absolute).catch(() => undefined);
      if (found?.isFile() || found?.isSymbolicLink()) yield { ...folder, isLink: found.isSymbolicLink() };
      continue;
    }
    options.onFolder(folder.absolute);
    for (const entry of entries) {
      const path = posix.join(folder.path, entry.name);
      const absolute = join(folder.absolute, entry.name);
      if (!options.isWanted(path, entry.name)) continue;
      if (entry.isDirectory()) waiting.push({ path, absolute });
      else if (entry.isFile() || entry.isSymbolicLink())
        yield { path, absolute, isLink: entry.isSymbolicLink() };
    }
  }
}

/** Undefined where there is no such folder. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw buildErrors.CATA_FILE_UNREADABLE({ path: folder, reason: message }, { cause });
  }
}
