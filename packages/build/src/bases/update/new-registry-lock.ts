import { type Context, formatReference, type Platform, storedImage } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import type { RegistryLock } from '../lock/lock-schema.ts';
import { platformImage } from '../platform-image.ts';
import type { OpenRegistry } from '../registry/base-registry.ts';
import { cachedReader } from '../registry/cached-reader.ts';
import { completeReference, remoteParts } from '../registry/registry-reference.ts';

/**
 * What a tag stands for today. An index that has lost a platform is not locked.
 * @returns undefined for an image that the configuration names by its digest
 * @throws CATA_BASE_PLATFORM, and what the registry throws
 */
export async function newRegistryLock(
  image: string,
  platforms: readonly Platform[],
  { registry, cache }: { readonly registry: OpenRegistry; readonly cache: Cache },
  ctx: Context,
): Promise<RegistryLock | undefined> {
  const reference = completeReference(image);
  if (reference.digest) return undefined;
  const descriptor = await (await registry()).resolve(reference, ctx);
  const subject = formatReference(reference);
  const reader = cachedReader(remoteParts(reference, registry, ctx), cache.blobs, ctx);
  const found = storedImage(descriptor, reader);
  for (const platform of platforms) await platformImage(found, platform, subject);
  return { kind: 'registry', image: subject, digest: descriptor.digest };
}
