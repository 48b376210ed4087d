import { openArchive } from '../archive/archive-file.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { contentOf } from '../content/content-of.ts';
import { storedImage } from '../content/stored-image.ts';
import { ociErrors } from '../errors/errors.ts';
import type { ImageStore } from '../image/image-store.ts';
import { refNameOf } from '../layout/layout-index.ts';
import { ociRefName, readArchiveIndex } from './archive-index.ts';
import { archiveReader } from './archive-reader.ts';
import { writeLayout } from './write-layout.ts';

/**
 * An OCI image layout in a single tar file, as skopeo's and Podman's `oci-archive:`. A put replaces the whole
 * archive. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
export function ociArchiveStore(path: string): ImageStore {
  return {
    async get(reference, { signal }) {
      const archive = await openArchive(path, signal);
      const { manifests } = await readArchiveIndex(archive);
      const wanted = ociRefName(reference);
      const found = manifests.find((entry) =>
        reference.digest ? entry.digest === reference.digest : refNameOf(entry) === wanted,
      );
      if (found) return storedImage(found, archiveReader(archive));
      const present = manifests.map((entry) => refNameOf(entry) ?? entry.digest).join(', ');
      throw ociErrors.CATA_IMAGE_NOT_FOUND({
        reference: reference.digest ?? wanted,
        path,
        present: present || 'nothing',
      });
    },

    async put(reference, image, ctx) {
      const content = await contentOf(image);
      await writeArchive(path, (writer) => writeLayout(writer, content, ociRefName(reference)), ctx);
      return content.root.descriptor;
    },
  };
}
