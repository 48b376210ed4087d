import { type FileHandle, open } from 'node:fs/promises';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { messageOf } from '../errors/message-of.ts';
import { archiveErrors } from './errors.ts';

export interface OpenFile extends AsyncDisposable {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
  /** Another one when the file was written to or replaced. */
  readonly version: string;
}

/** @throws CATA_ARCHIVE_MISSING, CATA_ARCHIVE_INVALID */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw archiveErrors.CATA_ARCHIVE_MISSING({ path });
    throw archiveInvalid(path, cause);
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw archiveInvalid(path, 'it is no regular file');
    return {
      handle,
      sizeBytes: stat.size,
      version: [stat.dev, stat.ino, stat.size, stat.mtimeMs].join(),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** An error of ours stays as it is; of others, and of texts, it becomes the reason. */
export function archiveInvalid(path: string, cause: unknown): CatamaranError {
  if (cause instanceof CatamaranError) return cause;
  return archiveErrors.CATA_ARCHIVE_INVALID({ path, reason: messageOf(cause) }, { cause });
}
