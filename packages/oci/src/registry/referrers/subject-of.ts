import { type Digest, isDigest } from '../../model/digest.ts';
import { rawFromBytes } from '../../model/raw.ts';

/**
 * What a manifest of any kind refers to; undefined for nothing, or what cannot be read.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#image-manifest-property-descriptions
 */
export function subjectOf(bytes: Uint8Array): Digest | undefined {
  try {
    const { value } = rawFromBytes<{ readonly subject?: { readonly digest?: unknown } | null } | null>(bytes);
    const digest = value?.subject?.digest;
    return isDigest(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}
