import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { Context } from '../context/context.ts';
import { messageOf } from '../errors/message-of.ts';
import { type ArchiveWriter, archiveWriter, writeAllAt } from './archive-writer.ts';
import { archiveErrors } from './errors.ts';

/**
 * Writes a tar archive beside `path` and puts it in the place of what is there: nobody ever sees half an archive.
 * @throws CATA_ARCHIVE_NOT_WRITABLE, and what the entries' contents throw
 */
export async function writeArchive<T>(
  path: string,
  fill: (writer: ArchiveWriter) => Promise<T>,
  { signal }: Context,
): Promise<T> {
  signal.throwIfAborted();
  const target = await attempt(path, () => targetOf(path));
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  const handle = await attempt(path, () => open(temporary, 'wx'));
  try {
    const writeAt = (bytes: Uint8Array, at: number) => attempt(path, () => writeAllAt(handle, bytes, at));
    const writer = archiveWriter(writeAt, signal);
    const result = await fill(writer)
      .then(async (filled) => {
        await writer.end();
        return filled;
      })
      .finally(() => handle.close());
    signal.throwIfAborted();
    await attempt(path, () => rename(temporary, target));
    return result;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What a link leads to is replaced, not the link; and never a device, which root could. */
async function targetOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => undefined);
  if (there && !there.isFile()) throw new Error('it is there already, and no regular file');
  return target;
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw archiveErrors.CATA_ARCHIVE_NOT_WRITABLE({ path, reason: messageOf(cause) }, { cause });
  }
}
