import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { BaseLock, LockedFile } from './lock-schema.ts';

const lockFileName = 'catamaran.lock.json';

/** A project's `catamaran.lock.json`: beside its configuration, as the base is that project's. */
export interface LockFile {
  readonly path: string;
  /** Undefined where nothing is locked. @throws CATA_LOCK_INVALID */
  read(): Promise<BaseLock | undefined>;
  /** Beside and renamed, and what else is in the file stays, as far as it can be read. @throws what the file system throws */
  write(base: BaseLock): Promise<void>;
}

export function lockFile(folder: string, inputs: InputLog): LockFile {
  const path = join(folder, lockFileName);
  return {
    path,
    async read() {
      inputs.file(path);
      return (await readLock(path))?.base;
    },
    async write(base) {
      const before = await readLock(path).catch(() => undefined);
      const text = JSON.stringify({ lockfileVersion: 1, ...before, base }, undefined, 2);
      await replaceFile(path, `${text}\n`);
    },
  };
}

async function readLock(path: string): Promise<LockedFile | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw buildErrors.CATA_LOCK_INVALID({ path, reason: cause.message }, { cause });
  });
  if (text === undefined) return undefined;
  try {
    // Most projects have none.
    const { parseLockFile } = await import('./lock-schema.ts');
    return parseLockFile(JSON.parse(text));
  } catch (cause) {
    throw buildErrors.CATA_LOCK_INVALID({ path, reason: messageOf(cause) }, { cause });
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
