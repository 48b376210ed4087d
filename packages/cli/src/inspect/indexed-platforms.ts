import { type DescribedPlatform, type ImageIndex, isManifestType, samePlatform } from '@catamaran/oci';
import { isAttestation } from './attestation.ts';

/** The platforms that an index has an image for, each once and in its order. */
export async function indexedPlatforms(index: ImageIndex): Promise<readonly DescribedPlatform[]> {
  const { manifests } = (await index.manifest()).value;
  const named = manifests.flatMap((entry) => {
    const isImage =
      entry.artifactType === undefined && isManifestType(entry.mediaType) && !isAttestation(entry);
    return isImage && entry.platform && entry.platform.os !== 'unknown' ? [entry.platform] : [];
  });
  return named.filter((platform, at) => named.findIndex((other) => samePlatform(other, platform)) === at);
}
