import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '@catamaran/oci';
import { messageOf } from '@catamaran/oci';
import { bundleOwner } from './container-id.ts';
import { removeBundle } from './remove-bundle.ts';
import { describeBundle } from './runc.ts';

/** Removes what processes left behind that had no time to: killed ones, or a machine that lost its power. */
export async function sweepBundles(folder: string, runc: string, ctx: Context): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    ctx.signal.throwIfAborted();
    const owner = bundleOwner(name);
    if (owner === undefined || isAlive(owner)) continue;
    try {
      await removeBundle(describeBundle(runc, join(folder, name)));
    } catch (error) {
      // What is left of an earlier run does not stop this one.
      ctx.emit({ type: 'warning', message: messageOf(error) });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
