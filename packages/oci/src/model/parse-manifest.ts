import { ociErrors } from '../errors/errors.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Descriptor } from './descriptor.ts';
import type { IndexManifest, Manifest } from './manifest.ts';
import { isIndexType, isManifestType } from './media-types.ts';
import { parseDescriptor, quoted, requireObject } from './parse-descriptor.ts';
import { quotable } from './quotable.ts';
import { type Raw, rawFromBytes } from './raw.ts';

/** "Registries should […] enforce some limit on the maximum manifest size […] at least 4 megabytes." (distribution-spec, pushing manifests) */
export const maxManifestBytes = 4 * 1024 * 1024;

/**
 * Reads a manifest or an index that came from somewhere else.
 * @param mediaType what the descriptor or the registry calls it; a document that says something else is refused
 * (https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#image-manifest-property-descriptions)
 * @param subject for the error: "The manifest of …"
 * @throws CATA_MANIFEST_INVALID, CATA_MANIFEST_TYPE_UNSUPPORTED
 */
export function parseManifest(
  bytes: Uint8Array,
  mediaType: string,
  subject: string,
): Raw<Manifest | IndexManifest> {
  if (!isIndexType(mediaType) && !isManifestType(mediaType)) {
    throw ociErrors.CATA_MANIFEST_TYPE_UNSUPPORTED({ subject, mediaType: quotable(mediaType) });
  }
  try {
    const value = requireObject(rawFromBytes<unknown>(bytes).value, 'the document');
    if (value.schemaVersion !== 2) throw new Error(`schemaVersion is ${quoted(value.schemaVersion)}, not 2`);
    if (value.mediaType !== undefined && value.mediaType !== mediaType) {
      throw new Error(`it was announced as ${mediaType} and calls itself ${quoted(value.mediaType)}`);
    }
    if (isIndexType(mediaType)) descriptorList(value, 'manifests', 'layers');
    else {
      parseDescriptor(value.config, 'config');
      descriptorList(value, 'layers', 'manifests');
    }
    if (value.subject !== undefined) parseDescriptor(value.subject, 'subject');
    return { bytes, value: { ...value, mediaType } as unknown as Manifest | IndexManifest };
  } catch (cause) {
    throw ociErrors.CATA_MANIFEST_INVALID({ subject, reason: quotable(messageOf(cause)) }, { cause });
  }
}

/** A document with both lists would be an index to one reader and an image to another (CVE-2021-41190). */
function descriptorList(
  value: Record<string, unknown>,
  key: string,
  otherKey: string,
): readonly Descriptor[] {
  const list = value[key];
  if (!Array.isArray(list)) throw new Error(`${key} is no list`);
  if (value[otherKey] !== undefined) throw new Error(`it has both ${key} and ${otherKey}`);
  return list.map((entry, index) => parseDescriptor(entry, `${key}[${index}]`));
}
