import { constants } from 'node:fs';
import { chmod, chown, link, mkdir, open, rm } from 'node:fs/promises';
import type { ReadEntry } from '@catamaran/oci';
import type { Folder } from './unpack-plan.ts';

/** O_NOFOLLOW is the second lock on the door: no link exists while files are written. */
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** Streams a file to the first path and makes hard links of the others. */
export async function writeEntryFile(
  entry: ReadEntry,
  [first, ...others]: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (first === undefined) return;
  const handle = await open(first, flags, 0o600);
  try {
    for await (const chunk of entry.content()) {
      signal.throwIfAborted();
      await handle.writeFile(chunk);
    }
    // The owner first: a change of owner takes the set-user-ID bit away (chown(2)).
    await handle.chown(entry.uid, entry.gid);
    await handle.chmod(entry.mode);
  } finally {
    await handle.close();
  }
  for (const other of others) {
    // A layer may hold the same file twice; the last one counts.
    await rm(other, { force: true });
    await link(first, other);
  }
}

/** Owner and mode are set apart: `mkdir` takes away what the process's umask forbids. */
export async function makeFolder(path: string, folder: Folder): Promise<void> {
  await mkdir(path, { recursive: true });
  await chown(path, folder.uid, folder.gid);
  await chmod(path, folder.mode);
}
