import { contentOf } from '../content/content-of.ts';
import { verified } from '../content/verified.ts';
import type { Context } from '../context/context.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { refNameAnnotation } from '../layout/ref-name.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { mediaTypes } from '../model/media-types.ts';
import { rawFromValue } from '../model/raw.ts';
import type { Reference } from '../model/reference.ts';
import { blobPath } from '../oci-archive/blob-path.ts';
import { repositoryNameOf } from '../registry/repository-name.ts';
import { archiveOf, bytesFile, type SentArchive, streamedFile } from './saved-image-archive.ts';

/** What containerd calls an image by (its package `images`, "AnnotationImageName"). */
const imageNameAnnotation = 'io.containerd.image.name';

/** An index with all that is in it as an engine with containerd's image store is sent it: an OCI layout in a tar file. */
export async function layoutArchive(
  image: Image | ImageIndex,
  names: readonly Reference[],
  { signal }: Context,
): Promise<SentArchive> {
  const { blobs, manifests, root } = await contentOf(image);
  const contents = blobs.map(({ descriptor, open }) =>
    streamedFile(blobPath(descriptor.digest), descriptor.size, () =>
      verified(open(0, signal), descriptor, `The blob ${descriptor.digest}`),
    ),
  );
  const index = rawFromValue({
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: names.map((name) => named(root.descriptor, name)),
  });
  return archiveOf([
    bytesFile('oci-layout', Buffer.from(JSON.stringify({ imageLayoutVersion: '1.0.0' }))),
    bytesFile('index.json', index.bytes),
    ...manifests.map(({ descriptor, bytes }) => bytesFile(blobPath(descriptor.digest), bytes)),
    ...contents,
  ]);
}

/** As BuildKit writes it: the whole name for containerd, the tag for everybody else. */
function named(descriptor: Descriptor, name: Reference): Descriptor {
  const { registry, repository } = repositoryNameOf(name);
  const { tag = 'latest' } = name;
  return {
    ...descriptor,
    annotations: {
      ...descriptor.annotations,
      [imageNameAnnotation]: `${registry}/${repository}:${tag}`,
      [refNameAnnotation]: tag,
    },
  };
}
