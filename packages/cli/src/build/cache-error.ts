import { sep } from 'node:path';
import { CatamaranError } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';

/** What a file that is already open fails with, and then without its path: the disk is full, worn out or read-only. */
const diskCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

/**
 * What went wrong while nothing but the cache was written to, as CATA_CACHE_UNUSABLE where it was the cache. The
 * folders above it count, for they are made with it: a home that is not there, or somebody else's.
 */
export function cacheError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof CatamaranError) return error;
  const { syscall, path, code = '', message }: NodeJS.ErrnoException = error;
  const isCaches =
    path === undefined ? diskCodes.has(code) : isWithin(path, folder) || isWithin(folder, path);
  if (!syscall || !isCaches) return error;
  return cliErrors.CATA_CACHE_UNUSABLE({ path: folder, reason: message }, { cause: error });
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
