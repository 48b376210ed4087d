import { type ArchiveFile, openArchive } from '../archive/archive-file.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { ociErrors } from '../errors/errors.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import type { ImageStore } from '../image/image-store.ts';
import type { Digest } from '../model/digest.ts';
import { formatReference } from '../model/reference.ts';
import { familiarName } from './familiar-name.ts';
import { readSavedImage } from './read-saved-image.ts';
import { imageId, readSavedImages, type SavedImage } from './saved-images.ts';
import { singleImage } from './single-image.ts';
import { writeSavedImage } from './write-saved-image.ts';

/**
 * What `docker save` writes and `docker load` reads: an image for one platform in a tar file. A put replaces the
 * whole archive. Names are Docker's, so that "bookstore" is "bookstore:latest"; a digest is the image's ID or that
 * of its manifest as it is made here. https://github.com/moby/docker-image-spec
 */
export function dockerArchiveStore(path: string): ImageStore {
  return {
    async get(reference, { signal }) {
      const archive = await openArchive(path, signal);
      const images = await readSavedImages(archive);
      const name = familiarName(reference);
      const found = reference.digest
        ? await findByDigest(images, reference.digest, archive, signal)
        : await findByName(images, name, archive, signal);
      if (found) return found;
      const present = images.flatMap((image) => (image.names.length > 0 ? image.names : unnamed(image)));
      throw ociErrors.CATA_IMAGE_NOT_FOUND({
        reference: reference.digest ?? name,
        path,
        present: present.join(', ') || 'nothing',
      });
    },

    async put(reference, image, ctx) {
      const single = await singleImage(image, formatReference(reference));
      return writeArchive(path, (writer) => writeSavedImage(writer, single, familiarName(reference)), ctx);
    },
  };
}

function unnamed(image: SavedImage): string {
  return imageId(image) ?? image.config;
}

async function findByName(
  images: readonly SavedImage[],
  name: string,
  archive: ArchiveFile,
  signal: AbortSignal,
): Promise<Image | ImageIndex | undefined> {
  const saved = images.find(({ names }) => names.includes(name));
  return saved && (await readSavedImage(saved, archive, signal)).image;
}

async function findByDigest(
  images: readonly SavedImage[],
  digest: Digest,
  archive: ArchiveFile,
  signal: AbortSignal,
): Promise<Image | ImageIndex | undefined> {
  const known = images.find((image) => imageId(image) === digest);
  if (known) return (await readSavedImage(known, archive, signal)).image;
  for (const saved of images) {
    const { descriptor, image } = await readSavedImage(saved, archive, signal);
    if (descriptor.digest === digest) return image;
  }
  return undefined;
}
