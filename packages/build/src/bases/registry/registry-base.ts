import { type Context, formatReference, type Image, type ImageIndex, storedImage } from '@catamaran/oci';
import type { BaseSource } from '../base-source.ts';
import { platformImage } from '../platform-image.ts';
import type { RegistryBaseServices } from './base-registry.ts';
import { cachedReader } from './cached-reader.ts';
import { findBase } from './find-base.ts';
import { completeReference, nameOfReference, remoteParts } from './registry-reference.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * An image in a registry. What its tag stands for is looked up once and kept in the lock file; its manifests and
 * layers are kept in the cache, so that a second build asks the registry nothing.
 * @param image as in `docker.io/library/node:24-slim`, with or without a digest
 */
export function registryBase(image: string, services: RegistryBaseServices): BaseSource {
  const reference = completeReference(image);
  const subject = formatReference(reference);
  let finding: ReturnType<typeof findBase> | undefined;
  const find = (ctx: Context) => {
    finding ??= findBase(reference, services, ctx);
    return finding;
  };
  return {
    subject,
    async resolve(platform, ctx) {
      const { descriptor, locked } = await find(ctx);
      const reader = cachedReader(remoteParts(reference, services.registry, ctx), services.cache.blobs, ctx);
      const found: Image | ImageIndex = storedImage(descriptor, reader);
      return unlessGone(locked, subject, services.lock.path, () => platformImage(found, platform, subject));
    },
    async origin(ctx) {
      return { name: nameOfReference(reference), digest: (await find(ctx)).descriptor.digest };
    },
  };
}
