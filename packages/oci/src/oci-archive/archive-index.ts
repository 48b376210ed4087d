import type { ArchiveFile } from '../archive/archive-file.ts';
import { archiveInvalid } from '../archive/open-file.ts';
import { requireManifests } from '../layout/layout-index.ts';
import { withRefName } from '../layout/ref-name.ts';
import type { Descriptor } from '../model/descriptor.ts';
import type { IndexManifest } from '../model/manifest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { type Raw, rawFromValue } from '../model/raw.ts';

/** @throws CATA_ARCHIVE_INVALID */
export async function readArchiveIndex(archive: ArchiveFile): Promise<Pick<IndexManifest, 'manifests'>> {
  const { value } = await archive.readJson('index.json');
  try {
    return requireManifests(value);
  } catch (cause) {
    throw archiveInvalid(archive.path, cause);
  }
}

/** The index of an archive with a single name in it. */
export function archiveIndex(refName: string, descriptor: Descriptor): Raw<IndexManifest> {
  const manifests = [withRefName(descriptor, refName)];
  return rawFromValue({ schemaVersion: 2, mediaType: mediaTypes.index, manifests });
}
