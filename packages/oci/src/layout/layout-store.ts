import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf } from '../content/content-of.ts';
import { putParts } from '../content/content-sink.ts';
import { storedImage } from '../content/stored-image.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import type { ImageStore } from '../image/image-store.ts';
import { type Digest, digestHex } from '../model/digest.ts';
import { layoutBlobs } from './layout-blobs.ts';
import { layoutReader, layoutSink } from './layout-content.ts';
import { nameInLayout, readLayoutIndex } from './layout-index.ts';
import { pruneLayout } from './prune-layout.ts';
import { findNamed, layoutRefName } from './ref-name.ts';

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
        await putParts(content, sink, ctx);
        await sink.putManifest(content.root, ctx);
        const { descriptor } = content.root;
        ctx.signal.throwIfAborted();
        await nameInLayout(folder, layoutRefName(reference), descriptor, ctx.signal);
        await pruneLayout(folder, blobs, ctx);
        return descriptor;
      } catch (cause) {
        if (isNew) await removeBegun(folder, sink.written);
        if (!isFileSystemError(cause)) throw cause;
        throw ociErrors.CATA_LAYOUT_NOT_WRITABLE({ path: folder, reason: cause.message }, { cause });
      }
    },
  };
}

/** Blobs without a name are no layout; but what somebody else has begun in the same folder meanwhile stays. */
async function removeBegun(folder: string, written: ReadonlySet<Digest>): Promise<void> {
  if ((await readLayoutIndex(folder)) !== undefined) return;
  const present = await readdir(join(folder, 'blobs', 'sha256')).catch(() => []);
  const ours = new Set([...written].map(digestHex));
  if (present.every((name) => ours.has(name))) await rm(folder, { recursive: true, force: true });
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
