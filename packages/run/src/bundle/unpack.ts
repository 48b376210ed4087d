import { lchown, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Context,
  type Image,
  type ImageTree,
  type Layer,
  readLayer,
  type TreeEntry,
  treeEntry,
} from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import { requireUsable } from './require-usable.ts';
import { makeFolder, writeEntryFile } from './unpack-file.ts';
import { UnpackBudget, type UnpackLimits, unpackLimits } from './unpack-limits.ts';
import { type Folder, planUnpack, type UnpackPlan } from './unpack-plan.ts';

/** No layer needs to have an entry for the root itself. */
const root: Folder = { path: '', mode: 0o755, uid: 0, gid: 0 };

/**
 * Writes an image's root file system into `folder`. The layers pass twice: once for the
 * names, from which follows what survives, and once for the contents, each written once and only if it does.
 *
 * Folders come first, then files, and symbolic links last: there is no link yet that a file could be written
 * through, whatever a layer may hold.
 * @throws CATA_LAYER_PATH_BLOCKED, CATA_LAYER_LINK_BROKEN, CATA_LAYER_ENTRY_UNUSABLE, CATA_IMAGE_TOO_LARGE,
 * CATA_IMAGE_TOO_MANY_FILES, CATA_UNPACK_FAILED, CATA_TAR_PATH_UNSAFE
 */
export function unpackImage(image: Image, folder: string, ctx: Context): Promise<ImageTree> {
  return unpackWithin(unpackLimits, image, folder, ctx);
}

/** As `unpackImage`, with limits of one's own. What is refused is refused before anything is written. */
export async function unpackWithin(
  limits: UnpackLimits,
  image: Image,
  folder: string,
  ctx: Context,
): Promise<ImageTree> {
  const layers = await image.layers();
  const budget = new UnpackBudget(limits);
  const entries: TreeEntry[][] = [];
  for (const layer of layers) entries.push(await listLayer(layer, budget, ctx));
  const plan = planUnpack(entries);

  for (const entry of [root, ...plan.folders]) {
    ctx.signal.throwIfAborted();
    await attempt(folder, entry.path, () => makeFolder(join(folder, entry.path), entry));
  }
  for (const [index, layer] of layers.entries()) await writeLayer(layer, index, plan, folder, ctx);
  for (const link of plan.symbolicLinks) {
    ctx.signal.throwIfAborted();
    await attempt(folder, link.path, async () => {
      await symlink(link.target, join(folder, link.path));
      await lchown(join(folder, link.path), link.uid, link.gid);
    });
  }
  return plan.tree;
}

async function listLayer(layer: Layer, budget: UnpackBudget, ctx: Context): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for await (const entry of readLayer(budget.within(layer))) {
    ctx.signal.throwIfAborted();
    await budget.take(entry, layer);
    requireUsable(entry);
    entries.push(treeEntry(entry));
  }
  return entries;
}

async function writeLayer(
  layer: Layer,
  index: number,
  plan: UnpackPlan,
  folder: string,
  ctx: Context,
): Promise<void> {
  for await (const entry of readLayer(layer)) {
    ctx.signal.throwIfAborted();
    const paths = plan.destinations(index, entry.path).map((path) => join(folder, path));
    if (entry.type !== 'file' || paths.length === 0) continue;
    await attempt(folder, entry.path, () => writeEntryFile(entry, paths, ctx.signal));
  }
}

/** Runs a step of unpacking; what the file system refuses becomes an error that names the path. */
async function attempt(folder: string, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw runErrors.CATA_UNPACK_FAILED({ path, folder, reason: cause.message }, { cause });
  }
}
