import { access, rm } from 'node:fs/promises';
import { contentOf } from '../content/content-of.ts';
import { putParts } from '../content/content-sink.ts';
import { storedImage } from '../content/stored-image.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import type { ImageStore } from '../image/image-store.ts';
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
      try {
        const content = await contentOf(image);
        const sink = layoutSink(blobs);
        await putParts(content, sink, ctx);
        await sink.putManifest(content.root, ctx);
        const { descriptor } = content.root;
        ctx.signal.throwIfAborted();
        await nameInLayout(folder, layoutRefName(reference), descriptor);
        await pruneLayout(folder, blobs, ctx);
        return descriptor;
      } catch (cause) {
        // Blobs without a name are no layout, unless another build has named its own meanwhile.
        if (isNew && (await readLayoutIndex(folder)) === undefined) {
          await rm(folder, { recursive: true, force: true });
        }
        if (!isFileSystemError(cause)) throw cause;
        throw ociErrors.CATA_LAYOUT_NOT_WRITABLE({ path: folder, reason: cause.message }, { cause });
      }
    },
  };
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
