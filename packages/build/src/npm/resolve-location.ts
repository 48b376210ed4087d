import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';

export interface Located {
  /** Key in `packages`. */
  readonly location: string;
  readonly locked: LockedPackage;
}

/**
 * Finds `name` from `location` as Node does: in the location's own node_modules, then in those above it.
 * https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function resolveLocation(lockfile: Lockfile, from: string, name: string): Located | undefined {
  if (isOutside(from)) return undefined;
  const folders = foldersWithModules(lockfile);
  for (let folder = from; ; folder = parentOf(folder)) {
    if (!folders.has(folder)) {
      if (folder === '') return undefined;
      continue;
    }
    const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const locked = lockfile.packages.get(location);
    if (locked) return { location, locked };
    if (folder === '') return undefined;
  }
}

/** True for a linked folder, or a file, that the lockfile's folder is no parent of: its packages are not the lockfile's. */
export function isOutside(location: string): boolean {
  return location === '..' || location.startsWith('../');
}

const known = new WeakMap<Lockfile['packages'], ReadonlySet<string>>();

/** Most packages have no node_modules of their own; not to look there spares most of the time. */
function foldersWithModules({ packages }: Lockfile): ReadonlySet<string> {
  const found = known.get(packages) ?? new Set([...packages.keys()].map(folderAround));
  known.set(packages, found);
  return found;
}

/** The folder in whose node_modules a location is; "" as well for what is in none. */
function folderAround(location: string): string {
  const at = location.lastIndexOf('node_modules/');
  return at > 0 ? location.slice(0, at - 1) : '';
}

/** The folder whose node_modules Node looks at next. */
function parentOf(folder: string): string {
  const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
  return above.endsWith('/node_modules') || above === 'node_modules'
    ? above.slice(0, -'/node_modules'.length)
    : above;
}

/** The name that a package is required by, from where it lies; a workspace's own folder. */
export function packageName(location: string): string {
  return location.replace(/^.*node_modules\//, '');
}
