import type { LockedPackage, Lockfile } from './lockfile.ts';

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
  for (let folder = from; ; folder = parentOf(folder)) {
    const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const locked = lockfile.packages.get(location);
    if (locked) return { location, locked };
    if (folder === '') return undefined;
  }
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
