import { dirname, sep } from 'node:path';
import type { Inputs } from '@catamaran/build';

/** What is watched: what a build has read, and where it would look for more. Absolute paths. */
export interface Watched {
  readonly files: ReadonlySet<string>;
  /** Folders of which every name counts. */
  readonly folders: ReadonlySet<string>;
  /** Folders of which the names count that an import may mean. */
  readonly sources: ReadonlySet<string>;
  /** Folders of which the folders in them count. */
  readonly branches: ReadonlySet<string>;
}

/** Beside a file that was read there may appear one that an import means rather than it, or one that is missing. */
export function watchedOf({ files, folders }: Pick<Inputs, 'files' | 'folders'>): Watched {
  const own = files.filter((path) => !path.includes(`${sep}node_modules${sep}`));
  return {
    files: new Set(files),
    folders: new Set(folders),
    sources: new Set(own.map(dirname)),
    branches: new Set(),
  };
}

export function both(a: Watched, b: Watched): Watched {
  return {
    files: new Set([...a.files, ...b.files]),
    folders: new Set([...a.folders, ...b.folders]),
    sources: new Set([...a.sources, ...b.sources]),
    branches: new Set([...a.branches, ...b.branches]),
  };
}

/**
 * Where something has to happen for any of it to change: the folders, and those around them in the project, as whoever
 * renames one of those says nothing to the ones in it.
 */
export function foldersOf({ files, folders, sources, branches }: Watched, root: string): ReadonlySet<string> {
  const all = new Set([...[...files].map(dirname), ...folders, ...sources, ...branches]);
  // What is added is looked at, too.
  for (const folder of all) if (folder.startsWith(`${root}${sep}`)) all.add(dirname(folder));
  return all;
}
