import { join, posix } from 'node:path';
import { symlink, type TarLink } from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import { linkText } from '../npm/bin-links.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { type Closure, reachable } from '../npm/production-closure.ts';
import { resolveLocation } from '../npm/resolve-location.ts';
import { executablesIn } from './command-files.ts';
import type { TargetPackages } from './dependency-places.ts';
import { imageLocation } from './image-location.ts';

/** A folder of the project, or beside it, that is a package of the image. */
export interface LinkedFolder {
  /** Its key in the lockfile, or that of its place in node_modules. */
  readonly location: string;
  /** Absolute. */
  readonly folder: string;
  /** Folder in the image. */
  readonly path: string;
  /** Files that commands stand for. */
  readonly executables: readonly string[];
}

/** Links that are installed: all, or those of these names with those that they need. */
export type LinkChoice = 'all' | readonly string[];

/** Whether any may be. */
export function hasLinks(choice: LinkChoice): boolean {
  return choice === 'all' || choice.length > 0;
}

/** The links that are installed, by location, and where they lead. @throws CATA_LOCKFILE_INCOMPLETE */
export function installedLinks(
  lockfile: Lockfile,
  { links }: Closure,
  choice: LinkChoice,
): ReadonlyMap<string, string> {
  if (choice === 'all') return links;
  const named = choice.flatMap((name) => resolveLocation(lockfile, lockfile.workspace, name)?.location ?? []);
  const found = reachable(lockfile, () => true, named);
  return new Map([...links].filter(([location]) => found.has(location)));
}

/** The folders that links lead to, but for the project's own: that is the application's. */
export function linkedFolders(
  lockfile: Lockfile,
  { closure, bins }: TargetPackages,
  links: ReadonlyMap<string, string>,
): LinkedFolder[] {
  const targets = new Set(links.values());
  targets.delete(lockfile.workspace);
  return [...targets].sort().map((location) => {
    const owners = [...links].flatMap(([link, target]) => (target === location ? [link] : []));
    return {
      location,
      folder: join(lockfile.root, location),
      path: imagePath(imageLocation(location, links)),
      executables: owners.flatMap((owner) => executablesIn(owner, bins, closure)).sort(),
    };
  });
}

/** The links in node_modules to those folders, as npm makes them: relative ones. */
export function folderLinks(links: ReadonlyMap<string, string>): TarLink[] {
  return [...links].flatMap(([link, target]) => {
    const to = imageLocation(target, links);
    return link === to ? [] : [symlink(imagePath(link), posix.relative(posix.dirname(link), to) || '.')];
  });
}

/** Packages that are copied out of folders, where npm was told to install what others link to. */
export function copiedFolders({ closure, bins, folders }: TargetPackages): LinkedFolder[] {
  return [...folders].map(([location, folder]) => ({
    location,
    folder,
    path: imagePath(location),
    executables: executablesIn(location, bins, closure),
  }));
}

/** The links to commands of some packages. @param isWanted the file is there, and its package is one of these */
export function commandLinks(
  { bins }: TargetPackages,
  isWanted: (owner: string, file: string) => boolean,
): TarLink[] {
  return bins.flatMap((bin) =>
    isWanted(bin.owner, bin.file) ? [symlink(imagePath(bin.location), linkText(bin))] : [],
  );
}
