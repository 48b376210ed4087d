import type { Context } from '../context/context.ts';
import { runTogether } from '../context/run-together.ts';
import { isIndexType } from '../model/media-types.ts';
import type { Blob } from './blob.ts';
import type { Content, ManifestContent } from './content-of.ts';

/** Where the parts of images are put: a layout's blobs, a repository in a registry. What is there already is not put again. */
export interface ContentSink {
  putBlob(blob: Blob, ctx: Context): Promise<void>;
  putManifest(manifest: ManifestContent, ctx: Context): Promise<void>;
  /** How many of each may be under way. */
  readonly atOnce: number;
}

/** Puts all blobs, then the manifests that name them, children first, except the root: that and its name are the store's to finish with. */
export async function putParts(content: Content, sink: ContentSink, ctx: Context): Promise<void> {
  // The largest first: what is begun last should not be what everybody waits for.
  const blobs = content.blobs.toSorted((a, b) => b.descriptor.size - a.descriptor.size);
  await runTogether(
    blobs.map((blob) => (inner: Context) => sink.putBlob(blob, inner)),
    ctx,
    sink.atOnce,
  );
  const below = content.manifests.filter(
    ({ descriptor }) => descriptor.digest !== content.root.descriptor.digest,
  );
  const [indexes, images] = partition(below, ({ descriptor }) => isIndexType(descriptor.mediaType));
  await runTogether(
    images.map((image) => (inner: Context) => sink.putManifest(image, inner)),
    ctx,
    sink.atOnce,
  );
  // One may name another: in the order in which they were found.
  for (const index of indexes) await sink.putManifest(index, ctx);
}

function partition<T>(
  values: readonly T[],
  belongs: (value: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}
