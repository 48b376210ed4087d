import type { TreeEntry } from '@catamaran/oci';
import { runErrors } from '../errors.ts';

/** NAME_MAX and PATH_MAX of Linux (limits.h), the latter with room for the folder that an image is unpacked into. */
const maxPartBytes = 255;
const maxPathBytes = 4095 - 512;
/** One more would be (uid_t) -1, which chown(2) takes for "as it is". */
const maxOwner = 2 ** 32 - 2;

/** Refuses what Linux could not make, before anything is made. @throws CATA_LAYER_ENTRY_UNUSABLE */
export function requireUsable({ path, target, uid, gid }: TreeEntry): void {
  const reason = unusablePath(path) ?? unusableTarget(target) ?? unusableOwner(uid) ?? unusableOwner(gid);
  if (reason) throw runErrors.CATA_LAYER_ENTRY_UNUSABLE({ path: shortened(path), reason });
}

function unusablePath(path: string): string | undefined {
  const pathBytes = Buffer.byteLength(path);
  if (pathBytes > maxPathBytes) return `its path has ${pathBytes} bytes, more than ${maxPathBytes}`;
  if (pathBytes <= maxPartBytes) return undefined;
  const partBytes = Math.max(...path.split('/').map((part) => Buffer.byteLength(part)));
  return partBytes > maxPartBytes
    ? `a name in its path has ${partBytes} bytes, more than ${maxPartBytes}`
    : undefined;
}

function unusableTarget(target: string): string | undefined {
  if (target.includes('\0')) return 'what it links to has a NUL in it';
  const targetBytes = Buffer.byteLength(target);
  return targetBytes > 4095 ? `what it links to has ${targetBytes} bytes, more than 4095` : undefined;
}

function unusableOwner(id: number): string | undefined {
  return Number.isInteger(id) && id >= 0 && id <= maxOwner ? undefined : `its owner has the number ${id}`;
}

/** For people: names like these have no end. */
function shortened(path: string): string {
  return path.length > 100 ? `${path.slice(0, 100)}…` : path;
}
