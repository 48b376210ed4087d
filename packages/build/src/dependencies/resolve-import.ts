import { posix } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { resolveLocation } from '../npm/resolve-location.ts';
import type { ImportTarget } from './dependency-source.ts';
import type { LinkChoice } from './linked-folders.ts';

/**
 * Where an import leads, by the lockfile.
 * @param packages the locations of those that some target has
 * @param links those that are packages of the image
 * @param importer the importing file, from the lockfile's folder
 */
export function resolveImport(
  lockfile: Lockfile,
  packages: ReadonlySet<string>,
  links: LinkChoice,
  importer: string,
  name: string,
): ImportTarget {
  const folder = posix.dirname(importer).replace(/^\.$/, '');
  const located = resolveLocation(lockfile, folder, name);
  // Not a package: a path of tsconfig's, or nothing; a link: a workspace, whose source is bundled, or stays outside.
  const isPackage = located && (!located.locked.link || links === 'all' || links.includes(name));
  if (!isPackage) return { kind: 'source' };
  const details = { importer, name };
  if (!located.locked.link && !packages.has(located.location)) {
    return { kind: 'refused', error: buildErrors.CATA_IMPORT_NOT_PRODUCTION(details) };
  }
  if (resolveLocation(lockfile, lockfile.workspace, name)?.location !== located.location) {
    return { kind: 'refused', error: buildErrors.CATA_IMPORT_AMBIGUOUS(details) };
  }
  return { kind: 'package' };
}
