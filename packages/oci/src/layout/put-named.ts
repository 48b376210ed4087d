import type { Content } from '../content/content-of.ts';
import { type ContentSink, putParts } from '../content/content-sink.ts';
import type { Context } from '../context/context.ts';
import { ociErrors } from '../errors/errors.ts';
import type { Digest } from '../model/digest.ts';
import type { BlobStore } from './blob-store.ts';
import { nameInLayout } from './layout-index.ts';
import { withIndexLock } from './lock-index.ts';
import { pruneLayout } from './prune-layout.ts';

export interface LayoutFolder {
  readonly folder: string;
  readonly blobs: BlobStore;
}

/** Another program prunes what a slow put has not named yet, once; what goes on disappearing is removed by somebody. */
const maxTimes = 3;

/**
 * Puts all parts and gives them their name. Between the first part and the name hours may pass, and another program may
 * have pruned the first ones: what is to be named is looked at under the lock that pruning needs as well, and what is
 * gone is put again.
 * @throws CATA_LAYOUT_NOT_WRITABLE when parts disappear as fast as they are put
 */
export async function putNamed(
  layout: LayoutFolder,
  refName: string,
  content: Content,
  sink: ContentSink,
  ctx: Context,
): Promise<void> {
  const { folder, blobs } = layout;
  for (let times = 1; ; times++) {
    await putParts(content, sink, ctx);
    await sink.putManifest(content.root, ctx);
    ctx.signal.throwIfAborted();
    const name = async () => {
      const missing = await missingPart(content, blobs);
      if (missing !== undefined) return missing;
      await nameInLayout(folder, refName, content.root.descriptor);
      await pruneLayout(folder, blobs, ctx);
      return undefined;
    };
    const missing = await withIndexLock(folder, name, ctx);
    if (missing === undefined) return;
    if (times === maxTimes) {
      const reason = `something removes its blobs as soon as they are there, as ${missing}`;
      throw ociErrors.CATA_LAYOUT_NOT_WRITABLE({ path: folder, reason });
    }
  }
}

/** The first part that is not there; all before it count as new from now on. */
async function missingPart(
  { blobs: parts, manifests }: Content,
  blobs: BlobStore,
): Promise<Digest | undefined> {
  for (const { descriptor } of [...parts, ...manifests]) {
    if (!(await blobs.reuse(descriptor.digest, descriptor.size))) return descriptor.digest;
  }
  return undefined;
}
