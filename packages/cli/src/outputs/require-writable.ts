import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { archiveErrors, messageOf, ociErrors } from '@catamaran/oci';
import type { Output } from './output.ts';

/** @throws CATA_ARCHIVE_NOT_WRITABLE, CATA_LAYOUT_NOT_WRITABLE */
export async function requireWritable({ type, dest }: Output): Promise<void> {
  const reason = await (type === 'oci' ? folderTrouble(resolve(dest)) : fileTrouble(resolve(dest)));
  if (reason === undefined) return;
  const details = { path: dest, reason };
  throw type === 'oci'
    ? ociErrors.CATA_LAYOUT_NOT_WRITABLE(details)
    : archiveErrors.CATA_ARCHIVE_NOT_WRITABLE(details);
}

/** A file is written beside and renamed: what counts is its folder. */
async function fileTrouble(path: string): Promise<string | undefined> {
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isFile()) return 'it is there already, and no regular file';
  return accessTrouble(dirname(path));
}

/** Folders are made as far as they are missing, in the first one that is there. */
async function folderTrouble(path: string): Promise<string | undefined> {
  const there = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(there instanceof Error)) {
    return there.isDirectory() ? accessTrouble(path) : 'it is there already, and no folder';
  }
  if (there.code !== 'ENOENT' || dirname(path) === path) return there.message;
  return folderTrouble(dirname(path));
}

function accessTrouble(folder: string): Promise<string | undefined> {
  return access(folder, constants.W_OK | constants.X_OK).then(() => undefined, messageOf);
}
