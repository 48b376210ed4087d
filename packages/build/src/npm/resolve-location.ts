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
  const only = onlyPlace(lockfile, name);
  if (only !== 'several') return only;
  for (let folder = from; ; folder = parentOf(folder)) {
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

const known = new WeakMap<Lockfile['packages'], Map<string, Located | 'several' | undefined>>();

/** Most names are only once in a lockfile, where everybody finds them: to know that spares most of the looking. */
function onlyPlace({ packages }: Lockfile, name: string): Located | 'several' | undefined {
  let places = known.get(packages);
  if (!places) {
    places = new Map();
    known.set(packages, places);
    for (const [location, locked] of packages) {
      const isTop = location.lastIndexOf('node_modules/') === 0;
      const found = packageName(location);
      places.set(found, isTop && !places.has(found) ? { location, locked } : 'several');
    }
  }
  return places.get(name);
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
