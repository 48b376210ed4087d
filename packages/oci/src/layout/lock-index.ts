import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context/context.ts';

/** Who holds the list says so again and again; who has not for so long has been killed. */
const staleMs = 10_000;
const beatMs = 2500;
const pollMs = 10;

/**
 * Runs `change` while nobody else changes the list of names: two programs that each read it, add a name and write it
 * would lose one. Held for the change alone, and never while anything is copied.
 *
 * The lock is a folder with a file in it that is named for its owner. A folder that has been filled before takes its
 * place by a rename, which the system does only where there is none or an empty one; and whoever removes a file,
 * his own or one left behind, names it, and so never takes the lock from somebody who has come since.
 */
export async function withIndexLock<T>(folder: string, change: () => Promise<T>, ctx: Context): Promise<T> {
  const path = join(folder, 'index.json.lock');
  const owner = `${process.pid}-${randomBytes(6).toString('hex')}`;
  while ((await isHeld(path, ctx)) || !(await takes(path, owner, ctx))) {
    ctx.signal.throwIfAborted();
    await delay(pollMs);
  }
  const own = join(path, owner);
  const beat = setInterval(() => touch(own, ctx).catch(() => {}), beatMs).unref();
  try {
    return await change();
  } finally {
    clearInterval(beat);
    await rm(own, { force: true });
    // Another may have come already, and then it is not empty.
    await rmdir(path).catch(() => {});
  }
}

/** Whether somebody holds it who is alive. What the dead have left is removed. */
async function isHeld(path: string, ctx: Context): Promise<boolean> {
  for (const holder of await holders(path)) {
    const { mtimeMs } = (await stat(holder).catch(() => undefined)) ?? {};
    if (mtimeMs === undefined) continue;
    if (ctx.clock.now() - mtimeMs <= staleMs) return true;
    await unlink(holder).catch(() => {});
  }
  return false;
}

/** A lock that is a file itself holds as well: a folder does not take its place. Unlinking it never removes a folder. */
async function holders(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).map((name) => join(path, name));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? [path] : [];
  }
}

const takenCodes: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR']);

async function takes(path: string, owner: string, ctx: Context): Promise<boolean> {
  const own = `${path}.${owner}`;
  // Whoever began the layout may have removed it again after a failure.
  await mkdir(own, { recursive: true });
  try {
    await writeFile(join(own, owner), '');
    await touch(join(own, owner), ctx);
    await rename(own, path);
    return true;
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    if (takenCodes.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function touch(path: string, ctx: Context): Promise<void> {
  const now = new Date(ctx.clock.now());
  await utimes(path, now, now);
}
