import type { TreeEntry } from '@catamaran/oci';

/** Where unpackers differ in what they make of an archive; JSON all through. */
export interface TarFault {
  readonly path: string;
  readonly kind: /** The path is there before, and is not the same folder. */
    | 'twice'
    /** Something else than a folder comes after what lies below it. */
    | 'buries'
    /** A hard link stands before what it links to. */
    | 'link-too-early'
    /** The archive does not have what a hard link links to; a layer below may. */
    | 'link-outside';
  /** What a hard link links to. */
  readonly target?: string;
}

/** @param entries in the order of the archive */
export function tarFaults(entries: readonly TreeEntry[]): TarFault[] {
  const faults: TarFault[] = [];
  const seen = new Map<string, TreeEntry>();
  const filled = new Set<string>();
  const links = new Map<string, TreeEntry>();
  for (const entry of entries) {
    const { path, type, target } = entry;
    const before = seen.get(path);
    if (before && !isSameFolder(before, entry)) faults.push({ path, kind: 'twice' });
    if (type !== 'directory' && filled.has(path)) faults.push({ path, kind: 'buries' });
    if (type === 'hardlink' && !seen.has(target)) links.set(path, entry);
    seen.set(path, entry);
    fill(filled, path);
  }
  for (const { path, target } of links.values()) {
    faults.push({ path, kind: seen.has(target) ? 'link-too-early' : 'link-outside', target });
  }
  return faults;
}

/** Some tools write a folder again for each file in it; that harms nobody. */
function isSameFolder(a: TreeEntry, b: TreeEntry): boolean {
  return (
    a.type === 'directory' &&
    b.type === 'directory' &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.gid === b.gid
  );
}

function fill(filled: Set<string>, path: string): void {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const folder = path.slice(0, slash);
    if (filled.has(folder)) return;
    filled.add(folder);
  }
}
