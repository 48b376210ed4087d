import type { ContentReader } from '../content/content-reader.ts';
import type { ContentSink } from '../content/content-sink.ts';
import type { Context } from '../context/context.ts';
import { streamOf } from '../layer/byte-stream.ts';
import type { Descriptor } from '../model/descriptor.ts';
import { openBlob } from './blobs/open-blob.ts';
import { type PushBlobOptions, pushBlob } from './blobs/push-blob.ts';
import { type FoundManifest, getManifest } from './manifests/get-manifest.ts';
import { putListed } from './referrers/put-listed.ts';
import type { Repository } from './repository.ts';

/** A repository as a place to read the parts of images from. @param known has been read already */
export function repositoryReader(
  repository: Repository,
  known: FoundManifest | undefined,
  ctx: Context,
): ContentReader {
  const { registry } = repository.connection;
  return {
    place: `${registry}/${repository.name}`,
    origin: { registry, repository: repository.name },
    openManifest: (descriptor) =>
      descriptor.digest === known?.descriptor.digest
        ? streamOf(known.bytes)
        : fetchManifest(repository, descriptor, ctx),
    openBlob: (descriptor, startBytes = 0, signal = ctx.signal) =>
      openBlob(repository, descriptor, startBytes, {
        ...ctx,
        signal: AbortSignal.any([ctx.signal, signal]),
      }),
  };
}

async function* fetchManifest(repository: Repository, descriptor: Descriptor, ctx: Context) {
  yield (await getManifest(repository, descriptor.digest, ctx)).bytes;
}

/** A repository as a place to put the parts of images. */
export function repositorySink(
  repository: Repository,
  options: PushBlobOptions & { readonly atOnce: number },
): ContentSink {
  return {
    atOnce: options.atOnce,
    putBlob: (blob, ctx) => pushBlob(repository, blob, options, ctx),
    putManifest: (manifest, ctx) => putListed(repository, manifest, undefined, ctx),
  };
}
