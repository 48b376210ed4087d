import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildErrors } from '../errors.ts';
import type { LockedPackage } from './locked-package.ts';
import type { Lockfile } from './lockfile.ts';

/** Where npm gets a package from. */
export type LockedSource =
  /** `resolved` where the lockfile has the tarball's address; "registry" packages that some have none. */
  | { readonly kind: 'registry' | 'address' | 'git' | 'file' }
  /** A folder that is copied into node_modules (npm's install-links), absolute. */
  | { readonly kind: 'folder'; readonly folder: string };

const gitAddress = /^(git[+:@]|(github|gitlab|bitbucket|gist):)/;

/** @throws CATA_PACKAGE_SOURCE_UNKNOWN, CATA_PACKAGE_FILE_MISSING */
export function lockedSource(lockfile: Lockfile, name: string, locked: LockedPackage): LockedSource {
  const { resolved, version } = locked;
  if (resolved === undefined && version !== undefined) return { kind: 'registry' };
  if (resolved && /^https?:/.test(resolved)) return { kind: 'address' };
  if (resolved && gitAddress.test(resolved)) return { kind: 'git' };
  if (!resolved?.startsWith('file:'))
    throw buildErrors.CATA_PACKAGE_SOURCE_UNKNOWN({
      path: lockfile.path,
      name,
      resolved: resolved ?? 'nothing',
    });
  const path = join(lockfile.root, resolved.slice('file:'.length));
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found && !locked.integrity) throw buildErrors.CATA_PACKAGE_FILE_MISSING({ name, file: path });
  return found?.isDirectory() ? { kind: 'folder', folder: path } : { kind: 'file' };
}
