import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf } from '../content/content-of.ts';
import { storedImage } from '../content/stored-image.ts';
import type { Context } from '../context/context.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import type { ImageStore } from '../image/image-store.ts';
import { type Digest, digestHex } from '../model/digest.ts';
import { layoutBlobs } from './layout-blobs.ts';
import { layoutReader, layoutSink } from './layout-content.ts';
import { readLayoutIndex } from './layout-index.ts';
import { withIndexLock } from './lock-index.ts';
import { putNamed } from './put-named.ts';
import { findNamed, layoutRefName } from './ref-name.ts';

/** So long a failure may be held back by those who are using the same layout. */
const removeWithinMs = 15_000;

/** An OCI image layout on disk. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export function layoutStore(folder: string): ImageStore {
  const blobs = layoutBlobs(folder);
  return {
    async get(reference) {
      const index = await readLayoutIndex(folder);
      if (!index) throw ociErrors.CATA_LAYOUT_MISSING({ path: folder });
      const found = findNamed(index.manifests, reference, folder);
      return storedImage(found, layoutReader(folder, blobs));
    },

    async put(reference, image, ctx) {
      const isNew = await isMissing(folder);
      const sink = layoutSink(blobs);
      try {
        const content = await contentOf(image);
        await putNamed({ folder, blobs }, layoutRefName(reference), content, sink, ctx);
        return content.root.descriptor;
      } catch (cause) {
        if (isNew) await removeBegun(folder, sink.written, ctx).catch(() => {});
        if (!isFileSystemError(cause)) throw cause;
        throw ociErrors.CATA_LAYOUT_NOT_WRITABLE({ path: folder, reason: cause.message }, { cause });
      }
    },
  };
}

/**
 * Blobs without a name are no layout; but what somebody else has begun in the same folder meanwhile stays, and nobody
 * gives a name while it is looked at.
 */
async function removeBegun(folder: string, written: ReadonlySet<Digest>, ctx: Context): Promise<void> {
  if (await isMissing(folder)) return;
  const remove = async () => {
    if ((await readLayoutIndex(folder)) !== undefined) return;
    const present = await readdir(join(folder, 'blobs', 'sha256')).catch(() => []);
    const ours = new Set([...written].map(digestHex));
    if (present.every((name) => ours.has(name))) await rm(folder, { recursive: true, force: true });
  };
  // Also when it was told to stop: that is when there is something to be removed.
  await withIndexLock(folder, remove, { ...ctx, signal: AbortSignal.timeout(removeWithinMs) });
}

function isMissing(folder: string): Promise<boolean> {
  return access(folder).then(
    () => false,
    () => true,
  );
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof CatamaranError) && 'syscall' in error;
}
