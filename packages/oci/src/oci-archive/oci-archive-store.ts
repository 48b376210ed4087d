import { openArchive } from '../archive/archive-file.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { contentOf } from '../content/content-of.ts';
import { storedImage } from '../content/stored-image.ts';
import type { ImageStore } from '../image/image-store.ts';
import { findNamed, layoutRefName } from '../layout/ref-name.ts';
import { readArchiveIndex } from './archive-index.ts';
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
      return storedImage(findNamed(manifests, reference, path), archiveReader(archive));
    },

    async put(reference, image, ctx) {
      const content = await contentOf(image);
      await writeArchive(path, (writer) => writeLayout(writer, content, layoutRefName(reference), ctx), ctx);
      return content.root.descriptor;
    },
  };
}
