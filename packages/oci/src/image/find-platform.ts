import type { Descriptor } from '../model/descriptor.ts';
import { type DescribedPlatform, samePlatform } from '../model/platform.ts';

/**
 * "If multiple manifests match a client or runtime's requirements, the first matching entry SHOULD be used."
 * (https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md)
 */
export function findPlatform(
  manifests: readonly Descriptor[],
  platform: DescribedPlatform,
): Descriptor | undefined {
  return manifests.find((entry) => isImageOf(entry, platform));
}

/** What has an artifact type is no image, though it may name the platform that it belongs to (SOCI's indexes do). */
export function isImageOf(entry: Descriptor, platform: DescribedPlatform): boolean {
  return (
    entry.artifactType === undefined && entry.platform !== undefined && samePlatform(entry.platform, platform)
  );
}
