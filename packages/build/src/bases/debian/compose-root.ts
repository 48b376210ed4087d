import { directory, foldersAbove, sortEntries, type TarEntry } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import { addFiles } from './add-files.ts';
import type { AddedFile } from './added-files.ts';
import type { DebArchive, DebEntry } from './deb-archive.ts';
import { isDropped, isMerged, mergedPath } from './root-path.ts';
import { type DebianUser, systemFiles } from './system-files.ts';

export interface OpenedPackage {
  readonly name: string;
  readonly archive: DebArchive;
}

export interface RootOptions {
  readonly files?: readonly AddedFile[];
  readonly user?: DebianUser;
  /** The name of a time zone; undefined where no package has any. */
  readonly zone?: string | undefined;
}

/** The number that distroless images use. */
const nonroot: DebianUser = { name: 'nonroot', id: 65532 };

/**
 * The root file system that packages add up to, without running any of their scripts: their files, dpkg's
 * record of them in the form that scanners of distroless images read (`status.d`), and the few files that the
 * scripts would have made.
 * @throws CATA_DEB_INVALID, CATA_TIMEZONE_UNKNOWN, CATA_BASE_FILE
 */
export function composeRoot(
  packages: readonly OpenedPackage[],
  { files = [], user = nonroot, zone }: RootOptions = {},
): TarEntry[] {
  const root = new Map<string, TarEntry>();
  for (const { name, archive } of packages) {
    for (const entry of archive.data) addPackageFile(root, name, entry);
    for (const entry of statusEntries(name, archive)) root.set(entry.path, entry);
  }
  if (zone !== undefined) requireZone(root, zone);
  for (const entry of systemFiles(root, user, zone)) root.set(entry.path, entry);
  addFiles(root, files);
  putLinksBehindFiles(root);
  addMissingFolders(root);
  return [...root.values()];
}

function requireZone(root: ReadonlyMap<string, TarEntry>, zone: string): void {
  const entry = root.get(`usr/share/zoneinfo/${zone}`);
  if (!entry || entry.type === 'directory') throw buildErrors.CATA_TIMEZONE_UNKNOWN({ zone });
}

function addPackageFile(root: Map<string, TarEntry>, name: string, entry: DebEntry): void {
  // Since trixie, base-files has the links itself that are made here for every release.
  if (entry.type === 'symlink' && isMerged(entry.path)) return;
  const path = mergedPath(entry.path);
  if (path === '' || entry.type === 'directory') {
    // Folders that hold something are added later; of the others only those with a mode or a use of their own.
    if (path !== '' && !isDropped(`${path}/`) && !root.has(path)) {
      root.set(path, { ...directory(path, entry.mode), uid: entry.uid, gid: entry.gid });
    }
    return;
  }
  if (isDropped(path)) return;
  const before = root.get(path);
  if (before && before.type !== 'directory') {
    throw buildErrors.CATA_DEB_INVALID({ name, reason: `"${path}" is in another package too` });
  }
  root.set(path, tarEntry(entry, path, name));
}

function tarEntry(entry: DebEntry, path: string, name: string): TarEntry {
  const { mode, uid, gid } = entry;
  switch (entry.type) {
    case 'file':
      return { type: 'file', path, mode, uid, gid, content: entry.bytes };
    case 'symlink':
      return { type: 'symlink', path, mode: 0o777, uid, gid, target: entry.target };
    case 'hardlink':
      return {
        type: 'hardlink',
        path,
        mode,
        uid,
        gid,
        target: mergedPath(entry.target.replace(/^\.?\/+/, '')),
      };
    default:
      throw buildErrors.CATA_DEB_INVALID({ name, reason: `"${path}" is neither file, folder nor link` });
  }
}

function statusEntries(name: string, archive: DebArchive): TarEntry[] {
  const folder = 'var/lib/dpkg/status.d';
  return archive.control.flatMap((entry): TarEntry[] => {
    const target = { control: name, md5sums: `${name}.md5sums` }[entry.path];
    return target ? [{ type: 'file', path: `${folder}/${target}`, mode: 0o644, content: entry.bytes }] : [];
  });
}

/**
 * A layer is sorted by path, and a hard link names what comes before it: of the paths that share a file the first
 * has to hold it. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "typeflag 1"
 */
function putLinksBehindFiles(root: Map<string, TarEntry>): void {
  const links = [...root.values()].flatMap((entry) => (entry.type === 'hardlink' ? [entry] : []));
  for (const [target = '', sharing] of Map.groupBy(links, ({ target }) => target)) {
    const holder = root.get(target);
    const [link] = sharing;
    if (holder?.type !== 'file' || !link) continue;
    const [first = holder, ...others] = sortEntries([holder, ...sharing]);
    root.set(first.path, { ...holder, path: first.path });
    for (const { path } of others) root.set(path, { ...link, path, target: first.path });
  }
}

/** Every folder on the way to an entry, so that no unpacker has to invent its mode. */
function addMissingFolders(root: Map<string, TarEntry>): void {
  for (const path of [...root.keys()]) {
    for (const folder of foldersAbove(path)) {
      if (!root.has(folder)) root.set(folder, directory(folder));
    }
  }
}
