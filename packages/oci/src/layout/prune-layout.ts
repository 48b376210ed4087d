import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context/context.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { digestHex } from '../model/digest.ts';
import { rawFromBytes } from '../model/raw.ts';
import type { BlobStore } from './blob-store.ts';
import { readLayoutIndex } from './layout-index.ts';

/** A blob that nothing names may be one that another build is about to name; after an hour it is not. */
const graceMs = 60 * 60 * 1000;

/**
 * Removes blobs, and what killed processes left of them, that no image of the layout names any more: else every
 * rebuild would leave its predecessor behind. A layout with something in it that cannot be followed is left
 * alone, for what it names cannot be known. To be done under the list's lock: what somebody names must not be taken
 * for nameless while it is being looked at.
 */
export async function pruneLayout(folder: string, blobs: BlobStore, ctx: Context): Promise<void> {
  const reachable = new Set<string>();
  try {
    const index = await readLayoutIndex(folder);
    if (!index) return;
    for (const descriptor of index.manifests) await reach(descriptor, blobs, reachable);
  } catch {
    return;
  }
  const blobFolder = join(folder, 'blobs', 'sha256');
  for (const name of await readdir(blobFolder)) {
    if (reachable.has(name)) continue;
    const path = join(blobFolder, name);
    const { mtimeMs = Number.POSITIVE_INFINITY } = (await stat(path).catch(() => undefined)) ?? {};
    if (ctx.clock.now() - mtimeMs > graceMs) await rm(path, { force: true });
  }
}

/** Indexes and manifests, of OCI's types and Docker's, name other blobs under these keys. */
interface Naming {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly blobs?: readonly Descriptor[];
  readonly subject?: Descriptor;
}

async function reach(descriptor: Descriptor, blobs: BlobStore, reachable: Set<string>): Promise<void> {
  const hex = digestHex(descriptor.digest);
  if (reachable.has(hex)) return;
  reachable.add(hex);
  if (!/(?:manifest|index)[^/]*json$/.test(descriptor.mediaType)) return;
  const { value } = rawFromBytes<Naming>(await collectBytes(blobs.read(descriptor.digest)));
  for (const child of value.manifests ?? []) await reach(child, blobs, reachable);
  const leaves = [value.config, ...(value.layers ?? []), ...(value.blobs ?? []), value.subject];
  for (const leaf of leaves) if (leaf) reachable.add(digestHex(leaf.digest));
}
