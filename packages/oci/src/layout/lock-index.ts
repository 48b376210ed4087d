import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The list is read and replaced in far less; who holds it longer has been killed. */
const staleMs = 10_000;
const pollMs = 10;

/**
 * Runs `change` while nobody else changes the list of names: two programs that each read it, add a name and write it
 * would lose one. Held for the moment of the change alone, and never while anything is copied.
 */
export async function withIndexLock<T>(
  folder: string,
  signal: AbortSignal,
  change: () => Promise<T>,
): Promise<T> {
  const path = join(folder, 'index.json.lock');
  while (!(await takes(path))) {
    signal.throwIfAborted();
    if (await isStale(path)) await rm(path, { force: true });
    else await delay(pollMs);
  }
  try {
    return await change();
  } finally {
    await rm(path, { force: true });
  }
}

async function takes(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const { mtimeMs } = (await stat(path).catch(() => undefined)) ?? {};
  return mtimeMs !== undefined && Date.now() - mtimeMs > staleMs;
}
