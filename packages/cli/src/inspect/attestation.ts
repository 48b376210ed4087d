import { type Descriptor, formatPlatform } from '@catamaran/oci';

/** https://github.com/moby/buildkit/blob/v0.20.0/docs/attestations/attestation-storage.md */
export function isAttestation({ annotations }: Descriptor): boolean {
  return annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}

/** What an entry of an index is for: its own platform, or, for an attestation, that of the image it is about. */
export function platformOf(entry: Descriptor, siblings: readonly Descriptor[]): string {
  const subject = entry.annotations?.['vnd.docker.reference.digest'];
  const about = isAttestation(entry) ? siblings.find(({ digest }) => digest === subject) : entry;
  return about?.platform ? formatPlatform(about.platform) : '';
}

/** An entry of an index in a word: "linux/amd64", "attestation of linux/amd64", or its digest. */
export function entryName(entry: Descriptor, siblings: readonly Descriptor[]): string {
  const platform = platformOf(entry, siblings);
  if (isAttestation(entry)) return platform ? `attestation of ${platform}` : 'attestation';
  return platform || entry.digest;
}
