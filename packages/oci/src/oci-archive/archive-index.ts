import type { ArchiveFile } from '../archive/archive-file.ts';
import { archiveInvalid } from '../archive/open-file.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { parseDescriptor, requireObject } from '../model/parse-descriptor.ts';
import { type Raw, rawFromValue } from '../model/raw.ts';
import type { Reference } from '../model/reference.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md: the name of an image in a layout. */
const refNameAnnotation = 'org.opencontainers.image.ref.name';

/** The name of an image in a layout: `bookstore`, or `bookstore:1.2.0` when there is a tag. */
export function ociRefName({ repository, tag }: Reference): string {
  return tag ? `${repository}:${tag}` : repository;
}

/** @throws CATA_ARCHIVE_INVALID */
export async function readArchiveIndex(archive: ArchiveFile): Promise<Pick<IndexManifest, 'manifests'>> {
  const { value } = await archive.readJson('index.json');
  try {
    const { manifests } = requireObject(value, 'index.json');
    if (!Array.isArray(manifests)) throw new Error('index.json lists no manifests');
    return { manifests: manifests.map((entry, at) => parseDescriptor(entry, `manifests[${at}]`)) };
  } catch (cause) {
    throw archiveInvalid(archive.path, cause);
  }
}

/** The index of an archive with a single name in it. */
export function archiveIndex(refName: string, descriptor: Descriptor): Raw<IndexManifest> {
  const annotations = { ...descriptor.annotations, [refNameAnnotation]: refName };
  return rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [{ ...descriptor, annotations }],
  });
}
