import { join, posix } from 'node:path';
import { symlink, type TarLink } from '@catamaran/oci';
import { imagePath } from '../builders/node/image-paths.ts';
import { linkText } from '../npm/bin-links.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { executablesIn, type TargetPackages } from './dependency-places.ts';
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

/** The folders that a target's packages are linked to, but for the project's own: that is the application's. */
export function linkedFolders(lockfile: Lockfile, { closure, bins }: TargetPackages): LinkedFolder[] {
  const targets = new Set(closure.links.values());
  targets.delete(lockfile.workspace);
  return [...targets].sort().map((location) => {
    const owners = [...closure.links].flatMap(([link, target]) => (target === location ? [link] : []));
    return {
      location,
      folder: join(lockfile.root, location),
      path: imagePath(imageLocation(location, closure)),
      executables: owners.flatMap((owner) => executablesIn(owner, bins, closure)).sort(),
    };
  });
}

/** The links in node_modules to those folders, as npm makes them: relative ones. */
export function folderLinks({ closure }: TargetPackages): TarLink[] {
  return [...closure.links].flatMap(([link, target]) => {
    const [at, to] = [imageLocation(link, closure), imageLocation(target, closure)];
    return at === to ? [] : [symlink(imagePath(at), posix.relative(posix.dirname(at), to) || '.')];
  });
}

/** Packages that are copied out of folders, where npm was told to install what others link to. */
export function copiedFolders({ closure, bins, folders }: TargetPackages): LinkedFolder[] {
  return [...folders].map(([location, folder]) => ({
    location,
    folder,
    path: imagePath(imageLocation(location, closure)),
    executables: executablesIn(location, bins, closure),
  }));
}

/** The links to commands of some packages. @param isWanted the file is there, and its package is one of these */
export function commandLinks(
  { closure, bins }: TargetPackages,
  isWanted: (owner: string, file: string) => boolean,
): TarLink[] {
  return bins.flatMap((bin) => {
    if (!isWanted(bin.owner, bin.file)) return [];
    const [location, owner] = [imageLocation(bin.location, closure), imageLocation(bin.owner, closure)];
    return [symlink(imagePath(location), linkText({ ...bin, location, owner }))];
  });
}
