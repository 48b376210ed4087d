import { access, rm } from 'node:fs/promises';
import type { Context } from '../context/context.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { ociErrors } from '../errors/errors.ts';
import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import type { ImageStore } from '../image/image-store.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { mediaTypes } from '../model/media-types.ts';
import { describeRaw, type Raw } from '../model/raw.ts';
import type { Reference } from '../model/reference.ts';
import type { BlobStore } from './blob-store.ts';
import { layoutBlobs } from './layout-blobs.ts';
import { layoutImage } from './layout-image.ts';
import { nameInLayout, readLayoutIndex, refNameOf } from './layout-index.ts';
import { pruneLayout } from './prune-layout.ts';

/** An OCI image layout on disk. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export function layoutStore(folder: string): ImageStore {
  const blobs = layoutBlobs(folder);
  return {
    async get(reference) {
      const index = await readLayoutIndex(folder);
      if (!index) throw ociErrors.CATA_LAYOUT_MISSING({ path: folder });
      const wanted = layoutRefName(reference);
      const found = index.manifests.find((entry) =>
        reference.digest ? entry.digest === reference.digest : refNameOf(entry) === wanted,
      );
      if (!found) {
        const present = index.manifests.map((entry) => refNameOf(entry) ?? entry.digest).join(', ');
        throw ociErrors.CATA_IMAGE_NOT_FOUND({
          reference: reference.digest ?? wanted,
          path: folder,
          present: present || 'nothing',
        });
      }
      return layoutImage(found, blobs);
    },

    async put(reference, image, ctx) {
      const isNew = await isMissing(folder);
      try {
        const descriptor = isImageIndex(image)
          ? await putIndex(image, blobs, ctx)
          : await putImage(image, blobs, ctx);
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

/** The name of an image inside a layout: `bookstore`, or `bookstore:1.2.0` when there is a tag. */
function layoutRefName(reference: Reference): string {
  return reference.tag ? `${reference.repository}:${reference.tag}` : reference.repository;
}

async function putIndex(index: ImageIndex, blobs: BlobStore, ctx: Context): Promise<Descriptor> {
  const manifest = await index.manifest();
  for (const { platform } of manifest.value.manifests) {
    if (platform) await putImage(await index.image(platform), blobs, ctx);
  }
  return putRaw(mediaTypes.index, manifest, blobs, ctx);
}

async function putImage(image: Image, blobs: BlobStore, ctx: Context): Promise<Descriptor> {
  for (const layer of await image.layers()) {
    const { digest, size } = await layer.descriptor();
    if (!(await blobs.reuse(digest, size))) await blobs.write(digest, layer.compressed(), ctx.signal);
  }
  await putRaw(mediaTypes.config, await image.config(), blobs, ctx);
  return putRaw(mediaTypes.manifest, await image.manifest(), blobs, ctx);
}

async function putRaw(
  mediaType: string,
  raw: Raw<unknown>,
  blobs: BlobStore,
  ctx: Context,
): Promise<Descriptor> {
  const descriptor = describeRaw(mediaType, raw);
  if (!(await blobs.reuse(descriptor.digest, descriptor.size))) {
    await blobs.write(descriptor.digest, [raw.bytes], ctx.signal);
  }
  return descriptor;
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
